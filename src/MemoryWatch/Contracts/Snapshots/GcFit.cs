namespace MemoryWatch;

/// <summary>Mismatches between the GC's configuration and the container.</summary>
/// <param name="IsHeapLimitHigh">Whether the heap may use so much of the limit that less than 10 % remains for everything else.</param>
/// <param name="IsHeapLimitLow">Whether the heap runs out of memory while more than half of the limit is free.</param>
/// <param name="IsServerGCWasteful">Whether server GC runs on fewer than 2 cores, or with a limit below 1 GB.</param>
internal readonly record struct GcFit(bool IsHeapLimitHigh, bool IsHeapLimitLow, bool IsServerGCWasteful)
{
    /// <summary>The GC's own limit, in bytes.</summary>
    public long HeapLimitBytes { get; init; }

    /// <summary>Number of cores.</summary>
    public int Cores { get; init; }
}
