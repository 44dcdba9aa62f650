using DownloaderBot.Logging;
using MemoryWatch;

namespace DownloaderBot.Storage;

/// <summary>Deletes files left over from a crash or a failed delete; at the start and every half hour.</summary>
internal sealed class AssetCleanup(AssetStore store, IMemoryWatch watch, TimeProvider time, ILogger<AssetCleanup> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                Clean();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // This is the end, and not an error, even if the host stops because it could not start.
        }
    }

    private void Clean()
    {
        using var scope = watch.Track("Cleanup", $"Files older than {KeptFor.TotalMinutes:0} min", OperationVerbosity.Quiet);
        try
        {
            if (store.DeleteOlderThan(KeptFor) is > 0 and var count)
            {
                logger.CleanedUp(count);
            }
        }
        catch (IOException exception)
        {
            // The folder cannot be read now; the next round tries again.
            logger.CleanupFailed(exception.Message);
        }
    }
}
