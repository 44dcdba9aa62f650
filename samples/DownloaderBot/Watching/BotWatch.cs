using DownloaderBot.Commands;
using DownloaderBot.Downloads;
using DownloaderBot.Sessions;
using DownloaderBot.Users;
using MemoryWatch;

namespace DownloaderBot.Watching;

/// <summary>Everything that the bot registers with the watch.</summary>
internal static class BotWatch
{
    public static void AddWatch(this IServiceCollection services, BotOptions options)
    {
        services.AddHealthChecks().AddMemoryWatch();
        services.AddSingleton<ICommand, MemoryCommand>();
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
}
