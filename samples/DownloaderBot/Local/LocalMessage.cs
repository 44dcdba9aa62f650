namespace DownloaderBot.Local;

/// <summary>
/// Something a user got to see: a message, a message's new text, or a file; of the bot, or of the platform itself.
/// </summary>
internal sealed record LocalMessage(long Sequence, long MessageId, string Text, LocalFile? File, bool IsService = false)
{
    public bool IsEdit => MessageId != Sequence;
}
