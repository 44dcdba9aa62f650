namespace MemoryWatch.Read;

/// <summary>
/// One cgroup: the process's own or one above it. Each full reading reads the limit of every level, and the usage of the process's own cgroup and
/// of each level that has a limit. Only the level that governs is read in full. For one caller at a time.
/// </summary>
/// <param name="path">The cgroup's folder as the process sees it.</param>
internal abstract class CgroupLevel(string path) : IDisposable
{
    /// <summary>Version 1 writes "no limit" as the maximum number of pages: 2^63 minus one page of any size.</summary>
    private const long Unlimited = 1L << 62;

    public string Path { get; } = path;

    public abstract long? ReadLimit(Span<byte> buffer);

    /// <param name="limit">The limit that was just read.</param>
    /// <param name="buffer">A buffer that holds the longest file.</param>
    public abstract CgroupUsage ReadUsage(long? limit, Span<byte> buffer);

    /// <summary>Returns the values of a container reading that come from the level that governs.</summary>
    public abstract ContainerReading Describe(in CgroupUsage usage, Span<byte> buffer);

    /// <summary>Adds the values that come from the process's own cgroup, whichever level governs.</summary>
    public abstract ContainerReading AddOwn(in ContainerReading reading, in CgroupUsage own, Span<byte> buffer);

    public abstract void Dispose();

    /// <summary>The limit; <see langword="null"/> if the number means that there is none.</summary>
    protected static long? Limit(long? number) => number < Unlimited ? number : null;

    /// <summary>Usage minus the reclaimable part, at least 0; <see langword="null"/> if either is unknown.</summary>
    protected static long? Less(long? usage, long? reclaimable) =>
        usage is { } value && reclaimable is { } part ? Math.Max(0, value - part) : null;
}
