using DownloaderBot.Logging;
using MemoryWatch;

namespace DownloaderBot.Storage;

/// <summary>
/// Deletes files left over: at the start all of them, because a kill left them there; then every half hour those whose delete failed.
/// </summary>
internal sealed class AssetCleanup(AssetStore store, IMemoryWatch watch, TimeProvider time, ILogger<AssetCleanup> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            Clean("Files of the last run", age: null);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Clean($"Files older than {KeptFor.TotalMinutes:0} min", KeptFor);
            }
        }
        catch (OperationCanceledException)
        {
            // This is the end, and not an error, even if the host stops because it could not start.
        }
    }

    private void Clean(string what, TimeSpan? age)
    {
        using var scope = watch.Track("Cleanup", what, OperationVerbosity.Quiet);
        try
        {
            if (store.DeleteLeftovers(age) is > 0 and var count)
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
