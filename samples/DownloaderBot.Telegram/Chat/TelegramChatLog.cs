namespace DownloaderBot.Logging;

/// <summary>The log messages of the chat on Telegram; event ids start at 30.</summary>
internal static partial class TelegramChatLog
{
    [LoggerMessage(30, LogLevel.Information, "On Telegram as @{Name}")]
    public static partial void TelegramAs(this ILogger logger, string name);

    [LoggerMessage(31, LogLevel.Warning, "{Reason}; the bot starts all the same")]
    public static partial void TelegramNotReady(this ILogger logger, string reason);

    [LoggerMessage(32, LogLevel.Warning, "{Reason}; messages wait, and the bot tries again until it can fetch them")]
    public static partial void TelegramAway(this ILogger logger, string reason);

    [LoggerMessage(33, LogLevel.Information, "Telegram is back after {Seconds} s")]
    public static partial void TelegramBack(this ILogger logger, long seconds);

    [LoggerMessage(34, LogLevel.Warning, "A file for user {UserId} was not sent: {Reason}")]
    public static partial void FileNotSent(this ILogger logger, long userId, string reason);

    [LoggerMessage(35, LogLevel.Warning, "Could not save the Telegram read position: {Reason}")]
    public static partial void OffsetNotNoted(this ILogger logger, string reason);

    [LoggerMessage(36, LogLevel.Critical, "{Reason}")]
    public static partial void TokenRefused(this ILogger logger, string reason);

    [LoggerMessage(37, LogLevel.Warning, "{Reason}; the call for user {UserId} counts as carried out and is not repeated")]
    public static partial void AnswerUnread(this ILogger logger, long userId, string reason);
}
