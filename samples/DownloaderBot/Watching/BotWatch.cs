using DownloaderBot.Commands;
using DownloaderBot.Downloads;
using DownloaderBot.Logins;
using DownloaderBot.Sessions;
using DownloaderBot.Storage;
using DownloaderBot.Users;
using MemoryWatch;

namespace DownloaderBot.Watching;

/// <summary>
/// Everything that the bot registers with the watch. What it tracks stands where the work is done, in DownloaderBot.Core: downloads and uploads in
/// PostDelivery, connections in SessionManager, logins in LoginFlow, refused commands in CommandRouter.
/// </summary>
internal static class BotWatch
{
    /// <summary>
    /// Most that one download or upload may allocate itself. The file streams through, so this does not depend on its size: who reads it into
    /// memory exceeds it.
    /// </summary>
    private const string TransferBudget = "48MB";

    /// <summary>How much memory downloads may wait for. It is more than all that run at a time ask for, so each of them may wait.</summary>
    private const string WaitingDownloads = "2GB";

    public static void AddWatch(this IServiceCollection services, BotOptions options)
    {
        var watch = services.AddMemoryWatch(settings =>
            {
                settings.SetBudget("Download", allocated: TransferBudget);
                settings.SetBudget("Upload", allocated: TransferBudget);
                settings.Headroom.QueueLimit = WaitingDownloads;
                settings.CancelFattest.Enabled = options.StayAlive;
            })
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
            .AddMetric<LoginDesk>("Logins", logins => logins.Count, metric => metric.Key = "pending_logins")
            .AddMetricsProvider<TransitMetrics>()
            .AddDetector<StalledDownloadsDetector>()
            .AddObserver<AlertObserver>()
            .WatchFolder(services => options.AssetsPath(services.GetRequiredService<IHostEnvironment>()))
            .AddBlackBox(Path.Combine(options.DataFolder, "memory.blackbox"));

        // Also without StayAlive, because the downloads' place in memory is always there; then it grants everything.
        watch.AddHeadroomLimiter();
        if (options.StayAlive)
        {
            watch.AddRelief<AssetStore>("Assets", from: MemoryZone.Elevated, static (store, _) => Task.Run(() => store.DeleteLeftovers()), ReliefStage.Cache)
                .AddRelief<UserDirectory>("User cache", from: MemoryZone.Elevated, static (users, _) => users.ForgetAsync(), ReliefStage.Cache)
                .AddRelief<SessionManager>("Idle sessions", from: MemoryZone.Critical, static (sessions, cancel) => sessions.DisconnectIdleAsync().WaitAsync(cancel))
                .AddDrainedRestart();
        }

        services.AddHealthChecks().AddMemoryWatch();
        services.AddSingleton<Command, MemoryCommand>();
    }

    /// <summary>
    /// Tracks the requests, so that what each endpoint allocates is known, and serves the memory page. Call it after routing.
    /// </summary>
    public static void UseWatch(this WebApplication app)
    {
        // Hosts ask for the health every few seconds, and an event stream is one request for as long as its page is open.
        app.UseMemoryWatchRequests(requests => requests.Filter = context =>
            !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/local/events"));
        app.MapMemoryWatch();
    }
}
