namespace DownloaderBot.Commands;

/// <summary>The user's input is not valid; the message gives valid input.</summary>
internal sealed class BadCommandException(string reply) : BotException(reply);
