namespace DownloaderBot.Chat;

internal readonly record struct IncomingMessage(long UserId, long MessageId, string Text)
{
    /// <summary>Omits the text, which may be a password, so the result can be logged.</summary>
    public override string ToString() => $"Message {MessageId} of user {UserId}";
}
