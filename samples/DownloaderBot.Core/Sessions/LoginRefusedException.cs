namespace DownloaderBot.Sessions;

/// <summary>The platform refuses a login: a code that expired, a number that is banned or unknown, too many tries.</summary>
internal sealed class LoginRefusedException(string reply, Exception? inner = null) : BotException(reply, inner);
