namespace DownloaderBot.Telegram.Sessions;

/// <summary>A stored session is intact but was encrypted with another key than the bot's.</summary>
internal sealed class WrongSessionKeyException() : BotException("I cannot read your session just now; my administrator can help.");
