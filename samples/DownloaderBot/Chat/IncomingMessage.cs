namespace DownloaderBot.Chat;

internal readonly record struct IncomingMessage(long UserId, long MessageId, string Text);
