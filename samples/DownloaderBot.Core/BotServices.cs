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
        services.AddSingleton<ICommand, StartCommand>();
        services.AddSingleton<ICommand, HelpCommand>();
        services.AddSingleton<ICommand, LoginCommand>();
        services.AddSingleton<ICommand, VerifyCommand>();
        services.AddSingleton<ICommand, PasswordCommand>();
        services.AddSingleton<ICommand, CancelCommand>();
        services.AddSingleton<ICommand, LogoutCommand>();
        services.AddSingleton<ICommand, DownloadCommand>();
        services.AddSingleton<ICommand, BatchCommand>();
        services.AddSingleton<ICommand, CancelDownloadCommand>();
        services.AddSingleton<ICommand, QueueCommand>();
        services.AddSingleton<ICommand, StatsCommand>();
        services.AddSingleton<ICommand, LogsCommand>();
        services.AddSingleton<ICommand, SetPremiumCommand>();
        services.AddSingleton<ICommand, RemovePremiumCommand>();
        services.AddSingleton<ICommand, KillAllCommand>();
    }

    /// <summary>Adds what starts and stops with the program. What is added last stops first.</summary>
    private static void AddParts(IServiceCollection services)
    {
        services.AddHostedService<SessionShutdown>();
        services.AddHostedService<SessionWarmUp>();
        services.AddHostedService(provider => provider.GetRequiredService<LoginDesk>());
        services.AddHostedService(provider => provider.GetRequiredService<DownloadService>());
        services.AddHostedService<AssetCleanup>();
        services.AddHostedService<InterruptedDownloads>();
        services.AddHostedService<CommandPump>();
    }
}
