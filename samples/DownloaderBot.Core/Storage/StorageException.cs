namespace DownloaderBot.Storage;

/// <summary>The file cannot be stored: the quota or the disk is full, or a write failed.</summary>
internal sealed class StorageException(string reply, Exception? inner = null) : BotException(reply, inner);
