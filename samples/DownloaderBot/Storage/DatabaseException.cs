namespace DownloaderBot.Storage;

/// <summary>The database cannot be used; the message says what to do, and the start ends with it.</summary>
internal sealed class DatabaseException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
