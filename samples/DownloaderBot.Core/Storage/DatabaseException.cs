namespace DownloaderBot.Storage;

/// <summary>The database cannot be used; the message explains what to do, and the start fails with it.</summary>
internal sealed class DatabaseException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
