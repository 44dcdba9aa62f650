namespace DownloaderBot.Telegram.Chat;

/// <summary>What a failed call means for its caller.</summary>
internal enum BotApiFault
{
    /// <summary>Telegram cannot be reached or has an internal error; it may recover soon.</summary>
    Away,

    /// <summary>Too many calls; Telegram specifies how long to wait.</summary>
    Busy,

    /// <summary>The user blocked the bot, or the account no longer exists.</summary>
    UserGone,

    /// <summary>The message already has that text.</summary>
    Unchanged,

    /// <summary>The message no longer exists.</summary>
    MessageGone,

    /// <summary>Telegram refuses the call for another reason, and will refuse it later too.</summary>
    Refused,
}
