namespace DownloaderBot.Local;

/// <summary>An item that a user sees: a message, a message's new text, a file, or a deletion; from the bot or from the platform.</summary>
internal sealed record LocalMessage(
    long Sequence, long MessageId, string Text, LocalFile? File, bool IsService = false, bool IsDeleted = false)
{
    /// <summary>
    /// Whether this changes an earlier message. A new message has its sequence number as id; a change has the id of the message it changes.
    /// </summary>
    public bool IsEdit => MessageId != Sequence && !IsDeleted;
}
