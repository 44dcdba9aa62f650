using DownloaderBot.Chat;
using DownloaderBot.Local.Page;
using DownloaderBot.Sessions;

namespace DownloaderBot.Local;

internal static class LocalServices
{
    /// <summary>Adds the local platform as the implementation of the bot's ports.</summary>
    public static void AddLocalPlatform(this IServiceCollection services, LocalOptions options)
    {
        services.AddSingleton<PageFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<PageFeed>());
        services.AddLocalSessions(options);
        services.AddSingleton<LocalChat>();
        services.AddSingleton<IChat>(provider => provider.GetRequiredService<LocalChat>());
    }

    /// <summary>Adds its users' sessions and logins, without a chat.</summary>
    public static void AddLocalSessions(this IServiceCollection services, LocalOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<LocalPace>();
        services.AddSingleton<LocalPostEndpoints>();
        services.AddSingleton<LocalInboxEndpoints>();
        services.AddSingleton<KeptFiles>();
        services.AddSingleton<LocalConversations>();
        services.AddSingleton<LocalLogins>();
        services.AddSingleton<IUserLogins>(provider => provider.GetRequiredService<LocalLogins>());
        services.AddSingleton<LocalPlatform>();
        services.AddHostedService(provider => provider.GetRequiredService<LocalPlatform>());
        services.AddSingleton<IUserSessionFactory, LocalUserSessionFactory>();
    }
}
