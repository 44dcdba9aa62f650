namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// A connection could not be established, broke, or did not answer in time. Its client cannot be used any more; a new client from the stored
/// session may work.
/// </summary>
internal sealed class ConnectionLostException(Exception inner)
    : BotException("I cannot reach Telegram just now. Please try again in a minute.", RedactedException.Of(inner));
