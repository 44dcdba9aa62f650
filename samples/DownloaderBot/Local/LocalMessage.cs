namespace DownloaderBot.Local;

/// <summary>
/// Something a user got to see: a message, a message's new text, a file, or that a message was deleted; of the bot, or of the
/// platform itself.
/// </summary>
internal sealed record LocalMessage(
    long Sequence, long MessageId, string Text, LocalFile? File, bool IsService = false, bool IsDeleted = false)
{
    /// <summary>A new message takes the number of its place; a change carries that of the message it changes.</summary>
    public bool IsEdit => MessageId != Sequence && !IsDeleted;
}
