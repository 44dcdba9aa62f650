using DownloaderBot.Storage;
using Microsoft.Data.Sqlite;

namespace DownloaderBot.Users;

/// <summary>Stores user records in the database. SQLite is synchronous: a write takes as long as the disk's sync.</summary>
internal sealed class SqliteUserStore(Database database) : IUserStore
{
    public ValueTask<UserRecord?> FindAsync(long userId, CancellationToken cancel) => new(Guard(connection =>
    {
        using var command = connection.Command(
            "SELECT logged_in, premium_until, last_seen FROM users WHERE id = $id", ("$id", userId));
        using var row = command.ExecuteReader();
        return !row.Read() ? null : new UserRecord(userId)
        {
            IsLoggedIn = row.GetBoolean(0),
            PremiumUntil = Time(row, 1),
            LastSeen = Time(row, 2),
        };
    }));

    public ValueTask SaveAsync(UserRecord user, CancellationToken cancel)
    {
        Guard(connection =>
        {
            connection.Run(
                """
                INSERT INTO users (id, logged_in, premium_until, last_seen) VALUES ($id, $in, $premium, $seen)
                ON CONFLICT (id) DO UPDATE SET logged_in = $in, premium_until = $premium, last_seen = $seen
                """,
                ("$id", user.Id),
                ("$in", user.IsLoggedIn),
                ("$premium", user.PremiumUntil?.ToUnixTimeSeconds()),
                ("$seen", user.LastSeen?.ToUnixTimeSeconds()));
            return true;
        });
        return default;
    }

    private static DateTimeOffset? Time(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(column));

    private T Guard<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            return database.Use(work);
        }
        catch (SqliteException exception)
        {
            throw new StorageException("I could not reach my records: my disk is full or failing. Please try again later.", exception);
        }
    }
}

/// <summary>Stores user records permanently.</summary>
internal interface IUserStore
{
    ValueTask<UserRecord?> FindAsync(long userId, CancellationToken cancel);

    ValueTask SaveAsync(UserRecord user, CancellationToken cancel);
}
