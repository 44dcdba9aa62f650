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
    bool EnableAllocationTracking,
    OperationBudgets Budgets,
    JudgeSettings Judging)
{
    /// <summary>Whether free native memory is returned to the system while memory is high.</summary>
    public bool TrimsNativeHeap { get; init; }

    /// <summary>Whether relief only reports which steps it would have called.</summary>
    public bool OnlyObservesRelief { get; init; }

    /// <summary>Minimum time between two operations that the watch cancels; <see langword="null"/> if it cancels none.</summary>
    public TimeSpan? CancelFattestCooldown { get; init; }

    public RestartSettings Restart { get; init; } = RestartSettings.Of(new());

    public HeapLimitSettings HeapLimit { get; init; } = new(false, default);
}
