using DownloaderBot.Admin;
using DownloaderBot.Chat;
using DownloaderBot.Commands;
using DownloaderBot.Demo;
using DownloaderBot.Downloads;
using DownloaderBot.Local;
using DownloaderBot.Local.Page;
using DownloaderBot.Logging;
using DownloaderBot.Logins;
using DownloaderBot.Scenarios;
using DownloaderBot.Sessions;
using DownloaderBot.Storage;
using DownloaderBot.Users;
using MemoryWatch;

namespace DownloaderBot;

/// <summary>Builds the program.</summary>
internal static class BotHost
{
    public const string NoDemo = "--no-demo";

    /// <summary>Less than the 10 s after which <c>docker stop</c> kills, so that the rest of the end fits in too.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(9);

    // Free uptime monitors send HEAD.
    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    /// <param name="args">The command line.</param>
    /// <param name="change">Changes that a test makes; called last.</param>
    /// <param name="telegram">What is there of Telegram, if a test brings its own part of it.</param>
    public static WebApplication Build(
        string[] args, Action<WebApplicationBuilder>? change = null, TelegramBuild? telegram = null)
    {
        telegram ??= TelegramBuild.Compiled;
        var scenario = ScenarioChoice.Read(args);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. args.Where(a => a != NoDemo)],
            ContentRootPath = ContentRoot(args),
        });
        scenario?.AddSettings(builder.Configuration);
        var isTelegram = PlatformChoice.IsTelegram(builder.Configuration, telegram.IsComplete);
        var hasDemo = !isTelegram && scenario is null && !args.Contains(NoDemo);
        if (hasDemo)
        {
            DemoSettings.AddTo(builder.Configuration);
        }

        var options = BotOptions.Read(builder.Configuration);

        // The address already contains the ports. If they are set twice, the host logs a warning that the address takes precedence.
        builder.WebHost.UseUrls(ListenAddress.Choose(builder.Configuration)).UseSetting(WebHostDefaults.HttpPortsKey, string.Empty);
        builder.Logging.AddBotLogging(builder.Environment.ContentRootPath, ConsoleFormats.Choose(builder.Configuration));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

        // The host starts these in this order and stops them in reverse, so the watch covers everything in between.
        AddWatch(builder.Services, options);
        AddBot(builder.Services, options);
        if (isTelegram)
        {
            telegram.AddChat!(builder.Services, builder.Configuration);
            telegram.AddSessions!(builder.Services, builder.Configuration);
        }
        else
        {
            builder.Services.AddLocalPlatform(LocalOptions.Read(builder.Configuration));
        }

        builder.Services.AddHostedService<AlertSender>();
        builder.Services.AddHostedService<SessionShutdown>();
        builder.Services.AddHostedService<SessionWarmUp>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<LoginDesk>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DownloadService>());
        builder.Services.AddHostedService<AssetCleanup>();
        builder.Services.AddHostedService<InterruptedDownloads>();
        builder.Services.AddHostedService<CommandPump>();
        if (hasDemo)
        {
            builder.Services.AddHostedService<DemoTour>();
        }

        scenario?.AddServices(builder.Services, builder.Configuration);
        change?.Invoke(builder);
        var app = builder.Build();

        // Created now, so that an unusable database stops the program before anything has started.
        app.Services.GetRequiredService<Database>();

        if (FolderAdvice.For(options.DataPath(app.Environment), FolderAdvice.FileSystemOf) is { } advice)
        {
            app.Logger.FolderAdvice(advice);
        }

        // Hosts restart a service by the first endpoint, so it ignores memory; the second only keeps new work away.
        app.MapMethods("/health", ReadMethods, static () => Results.Ok());
        app.MapHealthChecks("/health/ready");
        if (!isTelegram)
        {
            app.MapLocalPage();
        }

        return app;
    }

    /// <summary>The folder of the settings: the current folder, or the program's folder if it is started from elsewhere.</summary>
    private static string? ContentRoot(string[] args) =>
        args.Contains("--contentRoot") || File.Exists("appsettings.json") ? null : AppContext.BaseDirectory;

    private static void AddWatch(IServiceCollection services, BotOptions options)
    {
        services.AddHealthChecks().AddMemoryWatch();
        services.AddMemoryWatch()
            .AddMetric<SessionManager>("Sessions", sessions => sessions.Count, metric =>
            {
                metric.Key = "active_sessions";
                metric.Maximum = options.MaxSessions;
            })
            .AddMetric<DownloadQueue>("Queue", queue => queue.Waiting, metric => metric.Key = "queue_size")
            .AddMetric<DownloadQueue>("Active DLs", queue => queue.Running, metric => metric.Key = "active_downloads")
            .AddMetric<UserDirectory>("Cache", users => users.CachedCount, metric =>
            {
                metric.Key = "cache_size";
                metric.Unit = "items";
            })
            .AddObserver<AlertObserver>()
            .WatchFolder(services => options.AssetsPath(services.GetRequiredService<IHostEnvironment>()))
            .AddBlackBox(Path.Combine(options.DataFolder, "memory.blackbox"));
    }

    private static void AddBot(IServiceCollection services, BotOptions options)
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
        services.AddSingleton<ICommand, MemoryCommand>();
        services.AddSingleton<ICommand, LogsCommand>();
        services.AddSingleton<ICommand, SetPremiumCommand>();
        services.AddSingleton<ICommand, RemovePremiumCommand>();
        services.AddSingleton<ICommand, KillAllCommand>();
    }
}
