namespace DownloaderBot.Sessions;

/// <summary>The user's session is over: ended on another device, banned, or lost. Only a new login helps.</summary>
internal sealed class SessionEndedException(string reply, Exception? inner = null) : BotException(reply, inner);

/// <summary>
/// A connection could not be established, broke, or did not answer in time. It may work again soon, and a download continues where it was.
/// </summary>
internal sealed class ConnectionLostException(Exception inner)
    : BotException("I cannot reach Telegram just now. Please try again in a minute.", RedactedException.Of(inner));

/// <summary>The platform requires a pause.</summary>
internal sealed class FloodWaitException(TimeSpan wait)
    : BotException($"Telegram asks me to wait {Describe(wait)} before I go on for you. Please try again after that.")
{
    public TimeSpan Wait => wait;

    public static string Describe(TimeSpan wait) => wait < TimeSpan.FromMinutes(3)
        ? $"{wait.TotalSeconds:0} seconds"
        : $"{wait.TotalSeconds:0} seconds (about {Math.Ceiling(wait.TotalMinutes):0} minutes)";
}
