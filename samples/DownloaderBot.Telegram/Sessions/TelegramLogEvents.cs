namespace DownloaderBot.Telegram.Sessions;

/// <summary>The log messages of users' sessions; event ids start at 60.</summary>
internal static partial class TelegramLogEvents
{
    [LoggerMessage(60, LogLevel.Debug, "Telegram library, level {LibraryLevel}: {Line}")]
    public static partial void Library(this ILogger logger, int libraryLevel, string line);

    [LoggerMessage(61, LogLevel.Debug, "Telegram library, a task that nobody waited for: {Line}")]
    public static partial void Unobserved(this ILogger logger, string line);

    [LoggerMessage(62, LogLevel.Warning, "The Telegram session of user {UserId} could not be written: {Reason}")]
    public static partial void NotWritten(this ILogger logger, long userId, string reason);

    [LoggerMessage(63, LogLevel.Warning, "The Telegram session of user {UserId} cannot be used any more and was set aside: {Reason}")]
    public static partial void SetAside(this ILogger logger, long userId, string reason);

    [LoggerMessage(64, LogLevel.Information, "Telegram has ended the session of user {UserId}")]
    public static partial void Ended(this ILogger logger, long userId);

    [LoggerMessage(65, LogLevel.Error, "Telegram refuses the bot's own " + TelegramSessionOptions.ApiIdName + " and " + TelegramSessionOptions.ApiHashName + ": {Reason}")]
    public static partial void BadApiId(this ILogger logger, string reason);

    [LoggerMessage(66, LogLevel.Information, "The download of user {UserId} goes on at {OffsetBytes} bytes after: {Reason}")]
    public static partial void Resumed(this ILogger logger, long userId, long offsetBytes, string reason);
}
