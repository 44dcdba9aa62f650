namespace MemoryWatch;

/// <summary>
/// The .NET heap as the runtime counts it. Sizes are bytes. Values marked <i>last GC</i> date from the last collection,
/// <see cref="LastCollectionAge"/> ago; they are absent until there was one.
/// </summary>
public readonly struct ManagedReading
{
    /// <summary>Live objects plus what was allocated since the last collection (<see cref="GC.GetTotalMemory"/>).</summary>
    public long? HeapBytes { get; init; }

    /// <summary>Live objects when the last collection ended (<i>last GC</i>).</summary>
    public long? LiveBytes { get; init; }

    /// <summary>Memory that the GC holds from the system, used or not (<i>last GC</i>).</summary>
    public long? CommittedBytes { get; init; }

    /// <summary>Free space between live objects (<i>last GC</i>).</summary>
    public long? FragmentedBytes { get; init; }

    /// <summary>
    /// The GC's own limit (<i>last GC</i>), by default 75 % of the container's or else physical memory: <b>not</b> the
    /// container's limit.
    /// </summary>
    public long? HeapLimitBytes { get; init; }

    /// <summary>All bytes allocated on the managed heap since the process started, freed or not.</summary>
    public long? TotalAllocatedBytes { get; init; }

    /// <summary>Collections of generation 0 since the process started; those of higher generations included.</summary>
    public int Generation0Collections { get; init; }

    /// <summary>Collections of generation 1 since the process started; those of generation 2 included.</summary>
    public int Generation1Collections { get; init; }

    /// <summary>Collections of generation 2 since the process started.</summary>
    public int Generation2Collections { get; init; }

    /// <summary>Total time that collections have paused the process since it started.</summary>
    public TimeSpan TotalPause { get; init; }

    /// <summary>
    /// Time since the last collection's figures were noticed, which is at the next reading after it: the precision is the
    /// watch's interval. For one from before the watch started it runs from the first reading. Absent until there was one.
    /// </summary>
    public TimeSpan? LastCollectionAge { get; init; }

    /// <summary>One line: <c>heap 40.0 MB (live 30.0 MB, committed 60.0 MB) of 384 MB</c>.</summary>
    public override string ToString() => 
        $"heap {MemoryText.Megabytes(HeapBytes)} (live {MemoryText.Megabytes(LiveBytes)}, committed {MemoryText.Megabytes(CommittedBytes)}) of {MemoryText.Limit(HeapLimitBytes)}";
}
