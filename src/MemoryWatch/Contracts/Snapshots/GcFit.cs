namespace MemoryWatch;

/// <summary>Where the GC's configuration does not fit the container.</summary>
/// <param name="IsHeapLimitHigh">The heap may take so much of the limit that too little is left for everything else.</param>
/// <param name="IsHeapLimitLow">The heap runs out of memory with half of the limit free.</param>
/// <param name="IsServerGCWasteful">Server GC on few cores, or with little memory.</param>
internal readonly record struct GcFit(bool IsHeapLimitHigh, bool IsHeapLimitLow, bool IsServerGCWasteful)
{
    /// <summary>The GC's own limit, in bytes.</summary>
    public long HeapLimitBytes { get; init; }

    /// <summary>How many cores there are.</summary>
    public int Cores { get; init; }
}
