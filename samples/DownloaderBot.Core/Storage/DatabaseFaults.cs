using Microsoft.Data.Sqlite;

namespace DownloaderBot.Storage;

/// <summary>Explains in a sentence or two why the database cannot be opened, and what to do.</summary>
internal static class DatabaseFaults
{
    // SQLite's primary result codes.
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>Returns <see langword="null"/> if the exception already has an explanation or the file is not at fault.</summary>
    public static DatabaseException? Explain(string file, Exception exception) => exception switch
    {
        InvalidDataException or SqliteException { SqliteErrorCode: Corrupt or NotADatabase } => new(
            $"{file} is damaged or not a database. It was left as it is: move it away, together with any {Database.FileName}-wal and "
            + $"-shm beside it, or put a backup in its place, then start again. ({exception.Message})",
            exception),
        SqliteException { SqliteErrorCode: Busy or Locked } => new(
            $"{file} is in use by another program. Stop that one, or set Bot:DataFolder to another folder.", exception),
        SqliteException { SqliteErrorCode: Full } => new(
            $"There is no room on the disk of {file}. Make room, then start again.", exception),
        IOException or UnauthorizedAccessException or SqliteException { SqliteErrorCode: ReadOnly or CannotOpen } => new(
            $"{file} cannot be written. Give this user the right to write to its folder, or set Bot:DataFolder to a folder "
            + $"that it may write to. ({exception.Message})",
            exception),
        SqliteException => new(
            $"{file} cannot be used as the bot's database; it was left as it is. Set Bot:DataFolder to another folder, or put "
            + $"a backup in its place. ({exception.Message})",
            exception),
        _ => null,
    };
}

/// <summary>The database cannot be used; the message explains what to do, and the start fails with it.</summary>
internal sealed class DatabaseException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
