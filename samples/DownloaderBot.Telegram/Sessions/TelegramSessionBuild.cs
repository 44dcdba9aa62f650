using DownloaderBot.Telegram.Sessions;

namespace DownloaderBot.Telegram;

internal sealed partial record TelegramBuild
{
    static partial void ProvideSessions(ref Action<IServiceCollection, IConfiguration>? add) =>
        add = static (services, configuration) => services.AddTelegramSessions(TelegramSessionOptions.Read(configuration));
}
