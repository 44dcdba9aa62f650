namespace MemoryWatch;

/// <summary>
/// The .NET heap as counted by the runtime. Sizes are in bytes. Values marked <i>last GC</i> were measured at the last GC,
/// <see cref="LastCollectionAge"/> ago; they are <see langword="null"/> until the first GC.
/// </summary>
/// <example>
/// <code>
/// ManagedReading managed = watch.Current.Managed;
/// Console.WriteLine($"{managed.LiveBytes >> 20} MB live, {managed.CommittedBytes >> 20} MB committed, {managed.Generation2Collections} full collections");
/// </code>
/// </example>
public readonly struct ManagedReading
{
    private readonly OptionalNumber _occupiedBytes;
    private readonly OptionalNumber _smallObjectBytes;
    private readonly OptionalNumber _largeObjectBytesBefore;
    private readonly OptionalNumber _heapBytes;
    private readonly OptionalNumber _liveBytes;
    private readonly OptionalNumber _committedBytes;
    private readonly OptionalNumber _fragmentedBytes;
    private readonly OptionalNumber _heapLimitBytes;
    private readonly OptionalNumber _largeObjectBytes;
    private readonly OptionalNumber _totalAllocatedBytes;

    /// <summary>Live objects plus the bytes allocated since the last GC (<see cref="GC.GetTotalMemory"/>).</summary>
    public long? HeapBytes
    {
        get => _heapBytes.Value;
        init => _heapBytes = new(value);
    }

    /// <summary>Live objects when the last GC ended (<i>last GC</i>).</summary>
    public long? LiveBytes
    {
        get => _liveBytes.Value;
        init => _liveBytes = new(value);
    }

    /// <summary>Memory that the GC has committed, used or not (<i>last GC</i>).</summary>
    public long? CommittedBytes
    {
        get => _committedBytes.Value;
        init => _committedBytes = new(value);
    }

    /// <summary>Free space between live objects (<i>last GC</i>).</summary>
    public long? FragmentedBytes
    {
        get => _fragmentedBytes.Value;
        init => _fragmentedBytes = new(value);
    }

    /// <summary>
    /// The GC's own limit. By default it is 75 % of the container's limit or, if there is no container limit, physical memory.
    /// It is <b>not</b> the container's limit.
    /// </summary>
    public long? HeapLimitBytes
    {
        get => _heapLimitBytes.Value;
        init => _heapLimitBytes = new(value);
    }

    /// <summary>
    /// Whether the GC enforces <see cref="HeapLimitBytes"/>: an allocation beyond it throws an <see cref="OutOfMemoryException"/>. It does if a
    /// limit is configured, and in a container with a memory limit. Otherwise the number is only the physical memory.
    /// </summary>
    public bool IsHeapLimitEnforced { get; init; }

    /// <summary>Size of the large object heap, with its gaps (<i>last GC</i>).</summary>
    public long? LargeObjectBytes
    {
        get => _largeObjectBytes.Value;
        init => _largeObjectBytes = new(value);
    }

    /// <summary>
    /// Bytes that count against the GC's limit: the higher of <see cref="HeapBytes"/> and <see cref="LiveBytes"/>. It is only
    /// <see cref="LiveBytes"/> if the last GC was a moment ago, or if the rise since then is no higher than a rise that GCs have taken back.
    /// Committed memory is not used, because it dates from the last GC.
    /// </summary>
    public long? OccupiedBytes
    {
        get => _occupiedBytes.Value ?? (HeapBytes is { } heap ? Math.Max(heap, LiveBytes ?? 0) : LiveBytes);
        init => _occupiedBytes = new(value);
    }

    /// <summary>
    /// The part of <see cref="OccupiedBytes"/> that was allocated since the last GC, so that nobody knows how much of it is garbage; 0 if only live
    /// objects count.
    /// </summary>
    internal long UnverifiedBytes => OccupiedBytes - (LiveBytes ?? 0) is > 0 and var bytes ? bytes : 0;

    /// <summary>Size of the generations of small objects, with their gaps (<i>last GC</i>).</summary>
    internal long? SmallObjectBytes
    {
        get => _smallObjectBytes.Value;
        init => _smallObjectBytes = new(value);
    }

    /// <summary>Size of the large object heap when the last GC began.</summary>
    internal long? LargeObjectBytesBefore
    {
        get => _largeObjectBytesBefore.Value;
        init => _largeObjectBytesBefore = new(value);
    }

    /// <summary>All bytes allocated on the managed heap since the process started, freed or not.</summary>
    public long? TotalAllocatedBytes
    {
        get => _totalAllocatedBytes.Value;
        init => _totalAllocatedBytes = new(value);
    }

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
