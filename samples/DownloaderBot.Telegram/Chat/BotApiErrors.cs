namespace DownloaderBot.Telegram.Chat;

/// <summary>What a failed call means for its caller.</summary>
internal enum BotApiFault
{
    /// <summary>Telegram cannot be reached or has an internal error; it may recover soon.</summary>
    Away,

    /// <summary>Too many calls; Telegram specifies how long to wait.</summary>
    Busy,

    /// <summary>Telegram accepted the call, but its answer cannot be read. If the call were repeated, it would be carried out twice.</summary>
    Unread,

    /// <summary>The user blocked the bot, or the account no longer exists.</summary>
    UserGone,

    /// <summary>The message already has that text.</summary>
    Unchanged,

    /// <summary>The message no longer exists.</summary>
    MessageGone,

    /// <summary>Telegram refuses the call for another reason, and will refuse it later too.</summary>
    Refused,
}

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

/// <summary>The token is wrong or was revoked. The bot cannot run without it, so the program ends with this message.</summary>
internal sealed class TokenRefusedException() : InvalidOperationException(
    $"Telegram refused the bot token: set {PlatformChoice.Token} to the one that @BotFather gave you.");
