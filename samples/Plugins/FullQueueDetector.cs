using MemoryWatch;

namespace Plugins;

/// <summary>
/// Raises an alert when a metric has stood at its maximum for a while: a bounded queue that is full makes its writers wait. The built-in alert
/// comes only when a metric exceeds its maximum, which a bounded queue never does.
/// </summary>
/// <param name="metric">The metric's name, such as <c>Queue</c>. It needs a maximum.</param>
/// <param name="patience">How long it must have been full. A time, because snapshots are more frequent near the limit.</param>
public sealed class FullQueueDetector(string metric, TimeSpan patience) : IMemoryDetector
{
    private DateTimeOffset? _fullSince;
    private bool _isReported;

    public MemoryAlert? Inspect(MemorySnapshot snapshot)
    {
        var queue = snapshot.Metrics.FirstOrDefault(m => m.Definition.Name == metric);
        if (queue is not { Value: { } value, Definition.Maximum: { } maximum })
        {
            return null;
        }

        if (value < maximum)
        {
            (_fullSince, _isReported) = (null, false);
            return null;
        }

        var duration = snapshot.Time - (_fullSince ??= snapshot.Time);
        if (_isReported || duration < patience)
        {
            return null;
        }

        _isReported = true;
        return new CustomAlert(
            "queue_full", AlertSeverity.Warning, $"⚠️ QUEUE FULL: {metric} {value} / {maximum} for {duration.TotalSeconds:0} s",
            [new("metric", metric), new("value", value), new("seconds", duration.TotalSeconds)]);
    }
}
