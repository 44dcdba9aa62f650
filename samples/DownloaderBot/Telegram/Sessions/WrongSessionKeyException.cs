namespace DownloaderBot.Telegram.Sessions;

/// <summary>A stored session is whole, but encrypted with a key other than the bot's.</summary>
internal sealed class WrongSessionKeyException() : BotException("I cannot read your session just now; my administrator can help.");
