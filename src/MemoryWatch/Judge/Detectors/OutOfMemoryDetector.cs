namespace MemoryWatch.Judge;

/// <summary>
/// Raises an alert for <see cref="OutOfMemoryException"/>s that the process has survived, at most once a minute: a program that is out of memory
/// may throw thousands.
/// </summary>
internal sealed class OutOfMemoryDetector(TimeProvider time) : IDetector
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private long _reported;
    private long? _reportedAt;

    public MemoryAlert? Inspect(MemorySnapshot snapshot, JudgeSettings settings)
    {
        if (snapshot.OutOfMemory is not { } last || last.Count <= _reported
            || (_reportedAt is { } at && time.GetElapsedTime(at) < Pause))
        {
            return null;
        }

        var count = last.Count - _reported;
        (_reported, _reportedAt) = (last.Count, time.GetTimestamp());
        var (heap, usage, managed) = (snapshot.HeapUsage, snapshot.Usage, snapshot.Managed);
        return new OutOfMemoryAlert(
            count,
            new() { UsedBytes = last.OccupiedBytes, LimitBytes = heap.LimitBytes, Source = heap.Source },
            new() { UsedBytes = last.ResidentBytes, LimitBytes = usage.LimitBytes, Source = usage.Source })
        {
            NeverFits = last.NeverFits,

            // The runtime runs a GC before it gives up, so the figures of the last GC are those of that moment.
            UnusedBytes = managed.CommittedBytes - managed.LiveBytes is > 0 and { } unused ? unused : null,
        };
    }
}
