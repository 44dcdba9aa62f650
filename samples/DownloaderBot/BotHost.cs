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

/// <summary>Puts the program together.</summary>
internal static class BotHost
{
    public const string NoDemo = "--no-demo";

    /// <param name="args">The command line.</param>
    /// <param name="change">What a test does differently; called last.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? change = null)
    {
        var scenario = ScenarioChoice.Read(args);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. args.Where(a => a != NoDemo)],
            ContentRootPath = ContentRoot(args),
        });
        scenario?.AddSettings(builder.Configuration);
        var isTelegram = PlatformChoice.IsTelegram(builder.Configuration, TelegramBuild.AddPlatform is not null);
        var hasDemo = !isTelegram && scenario is null && !args.Contains(NoDemo);
        if (hasDemo)
        {
            DemoSettings.AddTo(builder.Configuration);
        }

        var options = BotOptions.Read(builder.Configuration);

        // The ports are in the address already; named twice, they get a warning that the address wins.
        builder.WebHost.UseUrls(ListenAddress.Choose(builder.Configuration)).UseSetting(WebHostDefaults.HttpPortsKey, string.Empty);
        builder.Logging.AddBotLogging(builder.Environment.ContentRootPath);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));

        // Started in this order and stopped in the opposite one: the watch sees everything that happens in between.
        AddWatch(builder.Services, options);
        AddBot(builder.Services, options);
        if (isTelegram)
        {
            TelegramBuild.AddPlatform!(builder.Services, builder.Configuration);
        }
        else
        {
            builder.Services.AddLocalPlatform(LocalOptions.Read(builder.Configuration));
        }

        builder.Services.AddHostedService<AlertSender>();
        builder.Services.AddHostedService<SessionShutdown>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<LoginDesk>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DownloadService>());
        builder.Services.AddHostedService<AssetCleanup>();
        builder.Services.AddHostedService<CommandPump>();
        if (hasDemo)
        {
            builder.Services.AddHostedService<DemoTour>();
        }

        scenario?.AddServices(builder.Services, builder.Configuration);
        change?.Invoke(builder);
        var app = builder.Build();

        // Now, so that a database that cannot be used stops the program before anything has begun.
        app.Services.GetRequiredService<Database>();

        foreach (var advice in FolderAdvice.For(options.DataPath(app.Environment), options.AssetsPath(app.Environment), FolderAdvice.FileSystemOf))
        {
            app.Logger.FolderAdvice(advice);
        }

        // The first is what hosts restart a service by, so memory has no say in it; the second only keeps work away.
        app.MapGet("/health", static () => Results.Ok());
        app.MapHealthChecks("/health/ready");
        if (!isTelegram)
        {
            app.MapLocalPage();
        }

        return app;
    }

    /// <summary>Where the settings are: the current folder, or beside the program when started from elsewhere.</summary>
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
        services.AddSingleton<DownloadRunner>();
        services.AddSingleton<DownloadService>();
        services.AddSingleton<DownloadEnqueuer>();
        AddCommands(services);
    }

    /// <summary>In the order of /help.</summary>
    private static void AddCommands(IServiceCollection services)
    {
        services.AddSingleton<FailureLimit>();
        services.AddSingleton<CommandRouter>();
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
