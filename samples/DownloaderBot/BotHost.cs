using DownloaderBot.Chat;
using DownloaderBot.Commands;
using DownloaderBot.Demo;
using DownloaderBot.Downloads;
using DownloaderBot.Local;
using DownloaderBot.Logging;
using DownloaderBot.Sessions;
using DownloaderBot.Storage;
using DownloaderBot.Users;

namespace DownloaderBot;

/// <summary>Puts the program together.</summary>
internal static class BotHost
{
    public const string NoDemo = "--no-demo";

    /// <param name="args">The command line.</param>
    /// <param name="change">What a test does differently; called last.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? change = null)
    {
        var hasDemo = !args.Contains(NoDemo);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. args.Where(a => a != NoDemo)],
            ContentRootPath = ContentRoot(args),
        });
        if (hasDemo)
        {
            DemoSettings.AddTo(builder.Configuration);
        }

        var options = BotOptions.Read(builder.Configuration);
        builder.WebHost.UseUrls(ListenAddress.Choose(builder.Configuration));
        builder.Logging.AddBotLogging(builder.Environment.ContentRootPath);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));

        // Started in this order and stopped in the opposite one: the watch sees everything that happens in between.
        AddWatch(builder.Services, options);
        AddBot(builder.Services, options);
        builder.Services.AddLocalPlatform(LocalOptions.Read(builder.Configuration));
        builder.Services.AddHostedService<SessionShutdown>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DownloadService>());
        builder.Services.AddHostedService<AssetCleanup>();
        builder.Services.AddHostedService<CommandPump>();
        if (hasDemo)
        {
            builder.Services.AddHostedService<DemoTour>();
        }

        change?.Invoke(builder);
        var app = builder.Build();
        app.MapGet("/health", static () => Results.Ok());
        return app;
    }

    /// <summary>Where the settings are: the current folder, or beside the program when started from elsewhere.</summary>
    private static string? ContentRoot(string[] args) =>
        args.Contains("--contentRoot") || File.Exists("appsettings.json") ? null : AppContext.BaseDirectory;

    private static void AddWatch(IServiceCollection services, BotOptions options)
    {
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
            });
    }

    private static void AddBot(IServiceCollection services, BotOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Replier>();
        services.AddSingleton<IUserStore, InMemoryUserStore>();
        services.AddSingleton<UserDirectory>();
        services.AddSingleton<SessionManager>();
        services.AddSingleton<IDisk, Disk>();
        services.AddSingleton<AssetStore>();
        services.AddSingleton<DownloadQueue>();
        services.AddSingleton<DownloadRunner>();
        services.AddSingleton<DownloadService>();
        services.AddSingleton<CommandRouter>();
        services.AddSingleton<ICommand, StartCommand>();
        services.AddSingleton<ICommand, HelpCommand>();
        services.AddSingleton<ICommand, LoginCommand>();
        services.AddSingleton<ICommand, LogoutCommand>();
        services.AddSingleton<ICommand, DownloadCommand>();
        services.AddSingleton<ICommand, CancelDownloadCommand>();
        services.AddSingleton<ICommand, QueueCommand>();
        services.AddSingleton<ICommand, StatsCommand>();
    }
}
