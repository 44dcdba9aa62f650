namespace MemoryWatch.Read;

/// <summary>A level of version 1's memory hierarchy.</summary>
/// <param name="path">The cgroup's folder as the process sees it.</param>
/// <param name="source">Where the readers read.</param>
internal sealed class CgroupV1Level(string path, LinuxSource source) : CgroupLevel(path)
{
    // From this part of the limit on, without the page cache, the kernel's caches make a difference that a reader of the log should know.
    private const double PartThatMatters = 0.6;
    private const double LeastKernelPart = 0.1;

    private readonly KernelFile _limit = source.MountedFile($"{path}/memory.limit_in_bytes");
    private readonly KernelFile _usage = source.MountedFile($"{path}/memory.usage_in_bytes");
    private readonly KernelFile _stat = source.MountedFile($"{path}/memory.stat");
    private readonly KernelFile _kernel = source.MountedFile($"{path}/memory.kmem.usage_in_bytes");
    private readonly KernelFile _oomControl = source.MountedFile($"{path}/memory.oom_control");

    /// <summary>
    /// Whether the levels below a folder are charged to it too. If not, its limit and usage are those of its own processes only. The flag cannot
    /// change while there are such levels; kernels since 5.11 always charge.
    /// </summary>
    public static bool AccountsChildren(string path, LinuxSource source)
    {
        using var file = source.MountedFile($"{path}/memory.use_hierarchy");
        return KernelText.Number(file.Read(stackalloc byte[32])) != 0;
    }

    public override long? ReadLimit(Span<byte> buffer) => ReadLimit(_limit, buffer);

    /// <inheritdoc/>
    /// <remarks>Version 1 has a soft limit instead, which slows nothing down.</remarks>
    public override long? ReadHigh(Span<byte> buffer) => null;

    public override long? ReadHighEvents(Span<byte> buffer) => null;

    public override CgroupUsage ReadUsage(long? limit, long? high, in Surroundings surroundings, Span<byte> buffer)
    {
        var number = KernelText.Number(_usage.Read(buffer));
        var kernel = KernelText.Number(_kernel.Read(buffer));
        var stat = _stat.Read(buffer);
        var inactive = KernelText.Value(stat, "total_inactive_file"u8);
        var active = KernelText.Value(stat, "total_active_file"u8);
        var inherited = Limit(KernelText.Value(stat, "hierarchical_memory_limit"u8));
        var lowest = limit < inherited ? limit : inherited ?? limit;
        var usage = UsedMemory.PlausibleUsage(number, lowest, surroundings);

        // Kernel memory above the usage is implausible, and then it explains nothing.
        var caches = kernel <= usage ? surroundings.Kernel.CachesOf(kernel, lowest) : 0;
        var used = UsedMemory.OfCgroup(
            usage, UsedMemory.PlausibleCache(usage, inactive, active, caches), lowest is not null, surroundings.ResidentBytes);
        return new CgroupUsage
        {
            LimitBytes = limit,
            UsageBytes = usage,
            WorkingSetBytes = Less(usage, inactive),
            Used = used,
            KernelCacheBytes = caches > 0 && used is { Bytes: not null, Precision: UsagePrecision.Exact } ? caches : null,
            HasManyKernelCaches = caches > lowest * LeastKernelPart && used.Bytes + caches > lowest * PartThatMatters,
            SwapBytes = KernelText.Value(stat, "total_swap"u8),
            FileRefaults = KernelText.Value(stat, "total_workingset_refault_file"u8),
            InheritedLimitBytes = inherited,
        };
    }

    public override ContainerReading Describe(in CgroupUsage usage, Span<byte> buffer) => new()
    {
        Version = 1,
        Path = Path,
        LimitBytes = usage.LimitBytes,
        UsageBytes = usage.UsageBytes,
        WorkingSetBytes = usage.WorkingSetBytes,
        UsedBytes = usage.Used.Bytes,
        UsedPrecision = usage.Used.Precision,
        KernelCacheBytes = usage.KernelCacheBytes,
        SwapUsedBytes = usage.SwapBytes,
        FileRefaults = usage.FileRefaults,
    };

    public override ContainerReading AddOwn(in ContainerReading reading, in CgroupUsage own, Span<byte> buffer) =>
        reading with { OomKills = KernelText.Value(_oomControl.Read(buffer), "oom_kill"u8) };

    public override void Dispose()
    {
        _limit.Dispose();
        _usage.Dispose();
        _stat.Dispose();
        _kernel.Dispose();
        _oomControl.Dispose();
    }
}
