namespace DownloaderBot.Telegram.Chat;

/// <summary>
/// A failed call, with a text that can be logged. It replaces the library's exception and does not contain it, so nothing of that exception's
/// text reaches a log.
/// </summary>
internal sealed class BotApiException(BotApiFault fault, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public BotApiFault Fault => fault;

    /// <summary>The pause that Telegram requires.</summary>
    public TimeSpan? RetryAfter => retryAfter;
}
