namespace DownloaderBot.Telegram.Chat;

/// <summary>
/// A call that failed, in words that can be logged. It stands in for the library's exception and does not carry it along:
/// whatever that one says, nothing of it reaches a log.
/// </summary>
internal sealed class BotApiException(BotApiFault fault, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public BotApiFault Fault => fault;

    /// <summary>How long Telegram wants to be left alone.</summary>
    public TimeSpan? RetryAfter => retryAfter;
}
