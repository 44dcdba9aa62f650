namespace DownloaderBot;

/// <summary>An error whose reason the bot can give to the user: the message is the reply.</summary>
internal class BotException(string reply, Exception? inner = null) : Exception(reply, inner);
