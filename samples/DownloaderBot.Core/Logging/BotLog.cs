namespace DownloaderBot.Logging;

/// <summary>The bot's log messages. The watch logs everything about memory.</summary>
internal static partial class BotLog
{
    /// <summary>The file that has all of them.</summary>
    public const string FileName = "logs.txt";

    [LoggerMessage(1, LogLevel.Information, "Listening on {Addresses} - health check at /health, Ctrl+C stops")]
    public static partial void Listening(this ILogger logger, string addresses);

    [LoggerMessage(2, LogLevel.Information, "Could not notify user {UserId} ({Reason})")]
    public static partial void NotTold(this ILogger logger, long userId, string reason);

    [LoggerMessage(3, LogLevel.Error, "/{Command} failed unexpectedly: {Reason}")]
    public static partial void CommandFailed(this ILogger logger, string command, string reason, Exception exception);

    [LoggerMessage(4, LogLevel.Information, "User {UserId} is gone; nothing of the download is kept")]
    public static partial void UserGone(this ILogger logger, long userId);

    [LoggerMessage(5, LogLevel.Error, "The download of user {UserId} failed unexpectedly: {Reason}")]
    public static partial void DownloadFailed(this ILogger logger, long userId, string reason, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "The session of user {UserId} did not disconnect cleanly")]
    public static partial void DisconnectFailed(this ILogger logger, long userId, Exception exception);

    [LoggerMessage(7, LogLevel.Information, "Cleanup: deleted {Count} files left behind")]
    public static partial void CleanedUp(this ILogger logger, int count);

    [LoggerMessage(8, LogLevel.Warning, "Cleanup: {Reason}")]
    public static partial void CleanupFailed(this ILogger logger, string reason);

    [LoggerMessage(9, LogLevel.Warning, "{File} could not be deleted: {Reason}")]
    public static partial void NotDeleted(this ILogger logger, string file, string reason);

    [LoggerMessage(11, LogLevel.Warning, "A message of user {UserId} with a secret could not be deleted: {Reason}")]
    public static partial void SecretNotDeleted(this ILogger logger, long userId, string reason);

    [LoggerMessage(12, LogLevel.Warning, "The login of user {UserId} did not end cleanly")]
    public static partial void LoginNotClosed(this ILogger logger, long userId, Exception exception);

    [LoggerMessage(13, LogLevel.Debug, "The progress of user {UserId}'s download was not shown: {Reason}")]
    public static partial void ProgressNotShown(this ILogger logger, long userId, string reason);

    [LoggerMessage(14, LogLevel.Warning, "Could not save when user {UserId} was last seen: {Reason}")]
    public static partial void NotSeen(this ILogger logger, long userId, string reason);

    [LoggerMessage(15, LogLevel.Warning, "{Advice}")]
    public static partial void FolderAdvice(this ILogger logger, string advice);

    [LoggerMessage(16, LogLevel.Warning, "Could not save that the session of user {UserId} has ended")]
    public static partial void EndNotNoted(this ILogger logger, long userId, Exception exception);

    [LoggerMessage(17, LogLevel.Warning, "Could not save which downloads users wait for ({Reason}). After a kill those users would not be told")]
    public static partial void DownloadNotNoted(this ILogger logger, string reason);

    [LoggerMessage(10, LogLevel.Warning, "A part of the bot did not stop in time")]
    public static partial void NotStopped(this ILogger logger, Exception exception);
}
