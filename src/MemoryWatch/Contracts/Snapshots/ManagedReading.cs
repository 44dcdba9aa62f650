namespace MemoryWatch;

/// <summary>
/// The .NET heap as counted by the runtime. Sizes are in bytes. Values marked <i>last GC</i> were measured at the last GC,
/// <see cref="LastCollectionAge"/> ago; they are <see langword="null"/> until the first GC.
/// </summary>
public readonly struct ManagedReading
{
    /// <summary>Live objects plus the bytes allocated since the last GC (<see cref="GC.GetTotalMemory"/>).</summary>
    public long? HeapBytes { get; init; }

    /// <summary>Live objects when the last GC ended (<i>last GC</i>).</summary>
    public long? LiveBytes { get; init; }

    /// <summary>Memory that the GC has committed, used or not (<i>last GC</i>).</summary>
    public long? CommittedBytes { get; init; }

    /// <summary>Free space between live objects (<i>last GC</i>).</summary>
    public long? FragmentedBytes { get; init; }

    /// <summary>
    /// The GC's own limit (<i>last GC</i>). By default it is 75 % of the container's limit or, if there is no container limit, physical memory.
    /// It is <b>not</b> the container's limit.
    /// </summary>
    public long? HeapLimitBytes { get; init; }

    /// <summary>
    /// Whether the GC enforces <see cref="HeapLimitBytes"/>: an allocation beyond it throws an <see cref="OutOfMemoryException"/>. It does if a
    /// limit is configured, and in a container with a memory limit. Otherwise the number is only the physical memory.
    /// </summary>
    public bool IsHeapLimitEnforced { get; init; }

    /// <summary>Size of the large object heap, with its gaps (<i>last GC</i>).</summary>
    public long? LargeObjectBytes { get; init; }

    /// <summary>
    /// Bytes that count against the GC's limit: live objects plus garbage that is not collected yet. It is the higher of
    /// <see cref="HeapBytes"/> and <see cref="LiveBytes"/>. Committed memory is not used, because it dates from the last GC.
    /// </summary>
    public long? OccupiedBytes => HeapBytes is { } heap ? Math.Max(heap, LiveBytes ?? 0) : LiveBytes;

    /// <summary>All bytes allocated on the managed heap since the process started, freed or not.</summary>
    public long? TotalAllocatedBytes { get; init; }

    /// <summary>Number of generation 0 GCs since the process started, including GCs of higher generations.</summary>
    public int Generation0Collections { get; init; }

    /// <summary>Number of generation 1 GCs since the process started, including generation 2 GCs.</summary>
    public int Generation1Collections { get; init; }

    /// <summary>Number of generation 2 GCs since the process started.</summary>
    public int Generation2Collections { get; init; }

    /// <summary>Total time for which GCs have paused the process since it started.</summary>
    public TimeSpan TotalPause { get; init; }

    /// <summary>
    /// Time since the watch noticed the figures of the last GC, which happens at the next reading after the GC: the precision is the watch's
    /// interval. If that GC ended before the watch started, it is the time since the first reading. It is <see langword="null"/> until the
    /// first GC.
    /// </summary>
    public TimeSpan? LastCollectionAge { get; init; }

    /// <summary>Returns one line, such as <c>heap 40.0 MB (live 30.0 MB, committed 60.0 MB) of 384 MB</c>.</summary>
    public override string ToString() => 
        $"heap {MemoryText.Megabytes(HeapBytes)} (live {MemoryText.Megabytes(LiveBytes)}, committed {MemoryText.Megabytes(CommittedBytes)}) of {MemoryText.Limit(HeapLimitBytes)}";
}
