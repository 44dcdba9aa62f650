namespace DownloaderBot.Tests.Telegram.Chat.Support;

internal static class TelegramSettings
{
    /// <summary>A command line that is complete. Only the chat is behind a stand-in; nothing connects a session before somebody logs in.</summary>
    public static string[] For(BotApiStandIn telegram) =>
    [
        $"--TELEGRAM_BOT_TOKEN={telegram.Token}",
        $"--TELEGRAM_BOT_API={telegram.Address}",
        "--TELEGRAM_API_ID=12345",
        "--TELEGRAM_API_HASH=0123456789abcdef0123456789abcdef",
        "--TELEGRAM_SESSION_KEY=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    ];
}
