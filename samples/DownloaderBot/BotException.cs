namespace DownloaderBot;

/// <summary>Something that went wrong for a reason the user can be told: the message is the reply.</summary>
internal class BotException(string reply, Exception? inner = null) : Exception(reply, inner);
