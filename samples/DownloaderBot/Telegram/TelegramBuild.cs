using DownloaderBot.Local;
using DownloaderBot.Sessions;
using DownloaderBot.Telegram.Chat;

namespace DownloaderBot;

internal static partial class TelegramBuild
{
    static partial void Provide(ref Action<IServiceCollection, IConfiguration>? add) => add = AddTelegram;

    private static void AddTelegram(IServiceCollection services, IConfiguration configuration)
    {
        services.AddTelegramChat(TelegramChatOptions.Read(configuration));
        services.AddSingleton<IUserSessionFactory, NoChat>().AddSingleton<IUserLogins, NoChat>();
    }
}
