namespace MemoryWatch.Read;

/// <summary>
/// One memory group: the process's own or one above it. A level is asked each tick for its limit and, where it
/// has one, for its usage; for the rest only if it governs. For one caller at a time.
/// </summary>
/// <param name="path">The group's folder as the process knows it.</param>
internal abstract class CgroupLevel(string path) : IDisposable
{
    /// <summary>Version 1 writes "no limit" as the largest number of pages: 2^63 less a page, of whatever size.</summary>
    private const long Unlimited = 1L << 62;

    public string Path { get; } = path;

    public abstract long? ReadLimit(Span<byte> buffer);

    /// <param name="limit">The limit that was just read.</param>
    /// <param name="buffer">Room for the longest file.</param>
    public abstract CgroupUsage ReadUsage(long? limit, Span<byte> buffer);

    /// <summary>All that a container's reading says of the level that governs.</summary>
    public abstract ContainerReading Describe(in CgroupUsage usage, Span<byte> buffer);

    /// <summary>All that a container's reading says of the process's own group, whichever level governs.</summary>
    public abstract ContainerReading AddOwn(in ContainerReading reading, in CgroupUsage own, Span<byte> buffer);

    public abstract void Dispose();

    /// <summary>A limit; absent where the text says that there is none.</summary>
    protected static long? Limit(long? number) => number < Unlimited ? number : null;

    /// <summary>Usage less what can be taken back, at least 0; absent where either is.</summary>
    protected static long? Less(long? usage, long? reclaimable) =>
        usage is { } value && reclaimable is { } part ? Math.Max(0, value - part) : null;
}
