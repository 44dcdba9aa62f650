using DownloaderBot.Downloads;
using DownloaderBot.Storage;
using MemoryWatch;

namespace DownloaderBot.Watching;

/// <summary>
/// Raises an alert if every place for downloads is taken and none of them has moved a byte for longer than a download waits by itself. Each holds
/// its session and its buffers meanwhile, and everybody else waits.
/// </summary>
internal sealed class StalledDownloadsDetector(DownloadQueue queue, AssetStore store, BotOptions options) : IMemoryDetector
{
    private readonly TimeSpan _patience = options.MaxFloodWait + options.OutagePatience;
    private DateTimeOffset? _since;
    private long _moves;
    private bool _isReported;

    public MemoryAlert? Inspect(MemorySnapshot snapshot)
    {
        var (running, moves) = (queue.Running, store.Moves);
        if (running < options.MaxConcurrent || moves != _moves)
        {
            (_moves, _since, _isReported) = (moves, null, false);
            return null;
        }

        var duration = snapshot.Time - (_since ??= snapshot.Time);
        if (_isReported || duration <= _patience)
        {
            return null;
        }

        _isReported = true;
        return new CustomAlert(
            "downloads_stalled",
            AlertSeverity.Warning,
            $"⚠️ DOWNLOADS STALLED: {running} running, {queue.Waiting} waiting, no byte for {duration.TotalMinutes:0} min",
            [new("running", running), new("waiting", queue.Waiting), new("seconds", (long)duration.TotalSeconds)]);
    }
}
