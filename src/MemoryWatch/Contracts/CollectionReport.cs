namespace MemoryWatch;

/// <summary>GC activity between two readings.</summary>
internal sealed class CollectionReport
{
    private CollectionReport(TimeSpan period, in ManagedReading before, in ManagedReading now)
    {
        Period = period;
        Generation0 = now.Generation0Collections - before.Generation0Collections;
        Generation1 = now.Generation1Collections - before.Generation1Collections;
        Generation2 = now.Generation2Collections - before.Generation2Collections;
        Pause = now.TotalPause - before.TotalPause;
        AllocatedBytes = now.TotalAllocatedBytes - before.TotalAllocatedBytes;

        // Freed bytes are the allocated bytes that are no longer on the heap.
        FreedBytes = AllocatedBytes - (now.HeapBytes - before.HeapBytes) is { } freed ? Math.Max(0, freed) : null;
    }

    public TimeSpan Period { get; }

    /// <summary>
    /// Number of generation 0 GCs, including those of higher generations. <see cref="Generation1"/> likewise includes generation 2.
    /// </summary>
    public int Generation0 { get; }

    public int Generation1 { get; }

    public int Generation2 { get; }

    public TimeSpan Pause { get; }

    public long? AllocatedBytes { get; }

    public long? FreedBytes { get; }

    public static CollectionReport Between(TimeSpan period, in ManagedReading before, in ManagedReading now) =>
        new(period, before, now);
}
