namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// A connection did not come about, broke, or did not answer in time. Its client is of no use any more; another one, made
/// from the stored session, may be.
/// </summary>
internal sealed class ConnectionLostException(Exception inner)
    : BotException("I cannot reach Telegram just now. Please try again in a minute.", RedactedException.Of(inner));
