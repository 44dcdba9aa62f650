namespace DownloaderBot.Telegram.Chat;

/// <summary>What a failed call means for the one who made it.</summary>
internal enum BotApiFault
{
    /// <summary>Telegram cannot be reached, or is not well; it may be in a moment.</summary>
    Away,

    /// <summary>Too much was asked for; Telegram says how long to wait.</summary>
    Busy,

    /// <summary>The user blocked the bot, or the account is no more.</summary>
    UserGone,

    /// <summary>The message has that text already.</summary>
    Unchanged,

    /// <summary>The message is no more.</summary>
    MessageGone,

    /// <summary>Whatever else Telegram does not want; it will not want it later either.</summary>
    Refused,
}
