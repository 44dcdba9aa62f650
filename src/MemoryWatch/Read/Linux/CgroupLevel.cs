namespace MemoryWatch.Read;

/// <summary>
/// One cgroup: the process's own or one above it. Each full reading reads the limits of every level, and the usage of the process's own cgroup and
/// of each level that has a limit. Only the level that governs is read in full. For one caller at a time.
/// </summary>
/// <param name="path">The cgroup's folder as the process sees it.</param>
internal abstract class CgroupLevel(string path) : IDisposable
{
    /// <summary>
    /// Version 1 writes "no limit" as the maximum number of pages: 2^63 minus one page on a 64-bit kernel, 2^31 minus one page, which is this
    /// number, on a 32-bit kernel.
    /// </summary>
    public const long Unlimited = int.MaxValue * 4096L;

    private bool _hadLimit;

    public string Path { get; } = path;

    /// <summary>Whether the limit is there, but could not be read the last time.</summary>
    public bool IsLimitUnknown { get; private set; }

    public abstract long? ReadLimit(Span<byte> buffer);

    /// <summary>The limit above which the kernel slows the cgroup down; <see langword="null"/> if there is none.</summary>
    public abstract long? ReadHigh(Span<byte> buffer);

    /// <summary>How often that limit was exceeded.</summary>
    public abstract long? ReadHighEvents(Span<byte> buffer);

    /// <param name="limit">The limit that was just read.</param>
    /// <param name="high">The throttling limit that was just read.</param>
    /// <param name="surroundings">What the numbers are compared with.</param>
    /// <param name="buffer">A buffer that holds the longest file.</param>
    public abstract CgroupUsage ReadUsage(long? limit, long? high, in Surroundings surroundings, Span<byte> buffer);

    /// <summary>Returns the values of a container reading that come from the level that governs.</summary>
    public abstract ContainerReading Describe(in CgroupUsage usage, Span<byte> buffer);

    /// <summary>Adds the values that come from the process's own cgroup, whichever level governs.</summary>
    public abstract ContainerReading AddOwn(in ContainerReading reading, in CgroupUsage own, Span<byte> buffer);

    public abstract void Dispose();

    /// <summary>The limit; <see langword="null"/> if the number means that there is none. A limit of 0 would have ended the process.</summary>
    protected static long? Limit(long? number) => number is > 0 and < Unlimited ? number : null;

    /// <summary>Reads the limit from its file. Notes whether there is one that is no number.</summary>
    protected long? ReadLimit(KernelFile file, Span<byte> buffer)
    {
        var text = file.Read(buffer);
        var limit = Limit(KernelText.Number(text));

        // A file that is missing from the start is that of the machine's root cgroup, which has no limit.
        IsLimitUnknown = limit is null && (text.IsEmpty ? _hadLimit || !file.IsMissing : !MeansNone(text));
        _hadLimit |= limit is not null;
        return limit;
    }

    /// <summary>Usage minus a part, at least 0; <see langword="null"/> if either is unknown or the part is implausible.</summary>
    protected static long? Less(long? usage, long? part) =>
        UsedMemory.PlausibleCache(usage, part, 0, 0) is { } known ? Math.Max(0, usage!.Value - known) : null;

    /// <summary>The words <c>max</c> (v2) and <c>-1</c> (nested v1 containers), and any number that is too high.</summary>
    private static bool MeansNone(ReadOnlySpan<byte> text)
    {
        var number = KernelText.Number(text);
        if (!KernelText.TryTakeLine(ref text, out var line) || line.IsEmpty)
        {
            return false;
        }

        return line.SequenceEqual("max"u8) || line.SequenceEqual("-1"u8)
            || (line.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && number is null or >= Unlimited);
    }
}
