using MemoryWatch.Detection;

namespace MemoryWatch.Watching;

/// <summary>The settings in force: a copy of the options, replaced whole when they change.</summary>
internal sealed record WatchSettings(
    bool Enabled,
    long? LimitBytes,
    TimeSpan Interval,
    TimeSpan PeriodicInterval,
    TimeSpan GcReportInterval,
    TimeSpan PeriodicCollection,
    bool CollectWhenHigh,
    TimeSpan CollectionCooldown,
    DetectionSettings Detection)
{
    public static WatchSettings From(MemoryWatchOptions options) => new(
        options.Enabled,
        options.Limit?.Bytes,
        options.Interval,
        options.PeriodicInterval,
        options.GcReportInterval,
        options.PeriodicCollection,
        options.CollectWhenHigh,
        options.CollectionCooldown,
        new(
            options.ElevatedThreshold,
            options.HighThreshold,
            options.CriticalThreshold,
            options.ImminentThreshold,
            options.SpikeThreshold,
            options.SpikeWindow));
}
