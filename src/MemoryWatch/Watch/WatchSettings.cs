using MemoryWatch.Judge;
using MemoryWatch.Track;

namespace MemoryWatch.Watch;

/// <summary>The settings in force: a copy of the options, replaced as a whole when they change.</summary>
internal sealed record WatchSettings(
    bool Enabled,
    long? LimitBytes,
    TimeSpan Interval,
    TimeSpan PeriodicInterval,
    TimeSpan GcReportInterval,
    TimeSpan PeriodicCollectionInterval,
    TimeSpan LeakCollectionInterval,
    bool EnableCollectionWhenHigh,
    TimeSpan CollectionCooldown,
    bool TrimsNativeHeap,
    bool OnlyObservesRelief,
    bool EnableAllocationTracking,
    OperationBudgets Budgets,
    JudgeSettings Judging)
{
    public RestartSettings Restart { get; init; } = RestartSettings.Of(new());

    public HeapLimitSettings HeapLimit { get; init; } = new(false, default);
}
