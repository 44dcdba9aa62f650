using DownloaderBot.Admin;
using DownloaderBot.Chat;
using DownloaderBot.Commands;
using DownloaderBot.Downloads;
using DownloaderBot.Logins;
using DownloaderBot.Sessions;
using DownloaderBot.Storage;
using DownloaderBot.Users;

namespace DownloaderBot;

internal static class BotServices
{
    /// <summary>Adds the bot itself. It needs a memory watch, and a platform: a chat, sessions and logins.</summary>
    public static void AddBot(this IServiceCollection services, BotOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Replier>();
        services.AddSingleton<SecretMessages>();
        services.AddSingleton(provider => new Database(options.DataPath(provider.GetRequiredService<IHostEnvironment>())));
        services.AddSingleton<IUserStore, SqliteUserStore>();
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<SessionManager>();
        services.AddSingleton<LoginDesk>();
        services.AddSingleton<LoginFlow>();
        services.AddSingleton<EndedSessions>();
        services.AddSingleton<IDisk, Disk>();
        services.AddSingleton<AssetStore>();
        services.AddSingleton<DownloadQueue>();
        services.AddSingleton<DownloadJournal>();
        services.AddSingleton<MemoryRoom>();
        services.AddSingleton<PostDelivery>();
        services.AddSingleton<DownloadRunner>();
        services.AddSingleton<DownloadService>();
        services.AddSingleton<DownloadEnqueuer>();
        AddCommands(services);
        AddParts(services);
    }

    /// <summary>Adds the commands in the order of /help.</summary>
    private static void AddCommands(IServiceCollection services)
    {
        services.AddSingleton<FailureLimit>();
        services.AddSingleton<CommandRouter>();
        services.AddSingleton<CommandLines>();
        services.AddSingleton<Command, StartCommand>();
        services.AddSingleton<Command, HelpCommand>();
        services.AddSingleton<Command, LoginCommand>();
        services.AddSingleton<Command, VerifyCommand>();
        services.AddSingleton<Command, PasswordCommand>();
        services.AddSingleton<Command, CancelCommand>();
        services.AddSingleton<Command, LogoutCommand>();
        services.AddSingleton<Command, DownloadCommand>();
        services.AddSingleton<Command, BatchCommand>();
        services.AddSingleton<Command, CancelDownloadCommand>();
        services.AddSingleton<Command, QueueCommand>();
        services.AddSingleton<Command, StatsCommand>();
        services.AddSingleton<Command, LogsCommand>();
        services.AddSingleton<Command, SetPremiumCommand>();
        services.AddSingleton<Command, RemovePremiumCommand>();
        services.AddSingleton<Command, KillAllCommand>();
    }

    /// <summary>Adds what starts and stops with the program. What is added last stops first.</summary>
    private static void AddParts(IServiceCollection services)
    {
        services.AddHostedService(provider => provider.GetRequiredService<SessionManager>());
        services.AddHostedService<SessionWarmUp>();
        services.AddHostedService(provider => provider.GetRequiredService<LoginDesk>());
        services.AddHostedService(provider => provider.GetRequiredService<DownloadService>());
        services.AddHostedService<AssetCleanup>();
        services.AddHostedService<InterruptedDownloads>();
        services.AddHostedService<CommandPump>();
    }
}
