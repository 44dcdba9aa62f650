using DownloaderBot.Sessions;
using DownloaderBot.Telegram.Logins;
using DownloaderBot.Telegram.Sessions;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DownloaderBot.Telegram;

internal static class TelegramSessionServices
{
    /// <summary>Adds Telegram as the implementation of the bot's session port.</summary>
    internal static IServiceCollection AddTelegramSessions(this IServiceCollection services, TelegramSessionOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(new TelegramTimeouts());
        services.AddSingleton<SessionKey>();
        services.AddSingleton<SessionVault>();
        services.AddSingleton<LogCleaner>();
        services.AddSingleton<TelegramLog>();
        services.AddSingleton<TelegramClients>();
        services.AddSingleton<SessionOpener>();
        services.AddSingleton<IUserSessionFactory, TelegramUserSessionFactory>();
        services.AddSingleton<IUserLogins, TelegramLogins>();
        return services.AddHostedService<TelegramSessionStart>();
    }
}

internal sealed partial record TelegramBuild
{
    static partial void ProvideSessions(ref Action<IServiceCollection, IConfiguration>? add) =>
        add = static (services, configuration) => services.AddTelegramSessions(TelegramSessionOptions.Read(configuration));
}
