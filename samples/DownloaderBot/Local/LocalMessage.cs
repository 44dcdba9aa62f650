namespace DownloaderBot.Local;

/// <summary>Something a user got to see: a message, a message's new text, or a file.</summary>
internal sealed record LocalMessage(long Sequence, long MessageId, string Text, LocalFile? File);
