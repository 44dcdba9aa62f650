namespace DownloaderBot.Local;

/// <summary>Something a user got to see: a message, a message's new text, a file, or that a message was deleted.</summary>
internal sealed record LocalMessage(long Sequence, long MessageId, string Text, LocalFile? File, bool IsDeleted = false);
