using Microsoft.Data.Sqlite;

namespace DownloaderBot.Storage;

/// <summary>The steps from an empty file to the current tables. New steps are added at the end; existing steps never change.</summary>
internal static class Schema
{
    /// <summary>Times are Unix seconds. Phone numbers are not stored because nothing needs them after the login.</summary>
    public static readonly IReadOnlyList<string> Steps =
    [
        """
        CREATE TABLE users (
            id INTEGER PRIMARY KEY,
            logged_in INTEGER NOT NULL DEFAULT 0,
            premium_until INTEGER,
            last_seen INTEGER
        ) STRICT
        """,
        """
        CREATE TABLE telegram_offsets (
            bot INTEGER PRIMARY KEY,
            next_update INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE downloads (
            id INTEGER PRIMARY KEY,
            user INTEGER NOT NULL,
            first_link TEXT NOT NULL,
            last_link TEXT,
            message INTEGER
        ) STRICT
        """,
        "ALTER TABLE downloads ADD COLUMN kept INTEGER NOT NULL DEFAULT 0",
    ];

    /// <summary>Runs the steps that the file does not have yet, each completely or not at all.</summary>
    /// <exception cref="DatabaseException">The file has steps that this program does not know.</exception>
    public static void Upgrade(SqliteConnection connection, IReadOnlyList<string> steps)
    {
        // Immediate: if two programs start at once, one upgrades and the other waits.
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = connection.Read<long>("PRAGMA user_version");
        if (version > steps.Count)
        {
            throw new DatabaseException(
                $"{connection.DataSource} was written by a newer program: its schema has version {version}, and this one knows up to "
                + $"{steps.Count}. Start the newer program, or set Bot:DataFolder to another folder. Nothing was changed.");
        }

        foreach (var step in steps.Skip((int)version))
        {
            connection.Run(step);
            connection.Run($"PRAGMA user_version = {++version}");
        }

        transaction.Commit();
    }
}
