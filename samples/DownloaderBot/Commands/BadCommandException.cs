namespace DownloaderBot.Commands;

/// <summary>What the user typed makes no sense; the message says what would.</summary>
internal sealed class BadCommandException(string reply) : BotException(reply);
