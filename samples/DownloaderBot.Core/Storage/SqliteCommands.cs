using Microsoft.Data.Sqlite;

namespace DownloaderBot.Storage;

internal static class SqliteCommands
{
    public static SqliteCommand Command(
        this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    public static void Run(
        this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    public static T Read<T>(this SqliteConnection connection, string sql)
    {
        using var command = connection.Command(sql);
        return (T)command.ExecuteScalar()!;
    }
}
