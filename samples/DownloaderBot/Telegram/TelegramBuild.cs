using DownloaderBot.Telegram.Chat;
using DownloaderBot.Telegram.Sessions;

namespace DownloaderBot;

internal static partial class TelegramBuild
{
    static partial void Provide(ref Action<IServiceCollection, IConfiguration>? add) => add = AddTelegram;

    private static void AddTelegram(IServiceCollection services, IConfiguration configuration)
    {
        services.AddTelegramChat(TelegramChatOptions.Read(configuration));
        services.AddTelegramSessions(TelegramSessionOptions.Read(configuration));
    }
}
