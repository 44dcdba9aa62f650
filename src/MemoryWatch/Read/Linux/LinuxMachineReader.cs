namespace MemoryWatch.Read;

/// <summary>
/// Reads the memory of the machine from <c>/proc/meminfo</c> and <c>/proc/vmstat</c>. The latter is the most expensive file of a full reading, about
/// a third of its cost. It is still read each time, because saving some 25 us once a second is not worth a delayed OOM-kill count.
/// </summary>
internal sealed class LinuxMachineReader(LinuxSource source) : IDisposable
{
    // No machine that runs .NET has less, and none has more; lxcfs has been seen to write 0.
    private const long LeastTotal = 16L << 20;
    private const long MostTotal = 1L << 50;

    private readonly KernelFile _memInfo = source.File("/proc/meminfo");
    private readonly KernelFile _vmStat = source.File("/proc/vmstat");

    /// <param name="heap">The heap, whose limit stands in for the total if the GC enforces none.</param>
    /// <param name="load">Memory in use on the machine at the last GC.</param>
    /// <param name="buffer">A buffer that holds the longest file.</param>
    /// <param name="kernel">Memory of the kernel.</param>
    /// <param name="gaps">The numbers that are missing.</param>
    public MachineReading Read(in ManagedReading heap, long? load, Span<byte> buffer, out KernelMemory kernel, out ReadingGaps gaps)
    {
        var memInfo = _memInfo.Read(buffer);
        kernel = ReadKernel(memInfo);
        gaps = ReadingGaps.None;
        long? available;
        if (KernelText.Kilobytes(memInfo, "MemTotal"u8) is { } total and >= LeastTotal and <= MostTotal)
        {
            available = ReadAvailable(memInfo, total, ref gaps) ?? Left(total, heap.IsHeapLimitEnforced ? null : load);
            gaps |= available is null ? ReadingGaps.MachineUsed : ReadingGaps.None;
        }
        else
        {
            // Without a limit of its own, the GC knows the machine's memory from the system, not from this file.
            gaps = ReadingGaps.MachineTotal;
            total = heap is { IsHeapLimitEnforced: false, HeapLimitBytes: { } known } ? known : 0;
            available = Left(total, load);
        }

        return new MachineReading
        {
            TotalBytes = total > 0 ? total : null,
            AvailableBytes = total > 0 ? available : null,
            OomKills = KernelText.Value(_vmStat.Read(buffer, isList: true), "oom_kill"u8),
        };
    }

    public void Dispose()
    {
        _memInfo.Dispose();
        _vmStat.Dispose();
    }

    private static long? ReadAvailable(ReadOnlySpan<byte> memInfo, long total, ref ReadingGaps gaps)
    {
        if (KernelText.Kilobytes(memInfo, "MemAvailable"u8) is { } available && available <= total)
        {
            return available;
        }

        // Kernels before 3.14 and WSL 1 do not report it, and lxcfs has been seen to write a negative number.
        gaps |= ReadingGaps.MachineAvailable;
        return KernelText.Kilobytes(memInfo, "MemFree"u8) is { } free && free <= total
            ? Math.Clamp(
                free + Part("Buffers"u8, memInfo) + Part("Cached"u8, memInfo) + Part("SReclaimable"u8, memInfo) - Part("Shmem"u8, memInfo), 0, total)
            : null;

        long Part(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text) => Math.Min(total, KernelText.Kilobytes(text, key) ?? 0);
    }

    private static KernelMemory ReadKernel(ReadOnlySpan<byte> memInfo)
    {
        var slab = KernelText.Kilobytes(memInfo, "SUnreclaim"u8);
        return new(
            KernelText.Kilobytes(memInfo, "SReclaimable"u8),
            slab is null or > MostTotal
                ? null
                : slab + Other("KernelStack"u8, memInfo) + Other("PageTables"u8, memInfo) + Other("SecPageTables"u8, memInfo) + Other("Percpu"u8, memInfo));

        static long Other(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text) => Math.Min(MostTotal, KernelText.Kilobytes(text, key) ?? 0);
    }

    private static long? Left(long total, long? load) => load is { } used ? Math.Max(0, total - used) : null;
}
