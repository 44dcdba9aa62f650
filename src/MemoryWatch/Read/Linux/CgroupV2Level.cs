namespace MemoryWatch.Read;

/// <summary>A level of version 2's hierarchy.</summary>
/// <param name="path">The cgroup's folder as the process sees it.</param>
/// <param name="source">Where the readers read.</param>
internal sealed class CgroupV2Level(string path, LinuxSource source) : CgroupLevel(path)
{
    private readonly KernelFile _limit = source.MountedFile($"{path}/memory.max");
    private readonly KernelFile _usage = source.MountedFile($"{path}/memory.current");
    private readonly KernelFile _stat = source.MountedFile($"{path}/memory.stat");
    private readonly KernelFile _high = source.MountedFile($"{path}/memory.high");
    private readonly KernelFile _swapUsage = source.MountedFile($"{path}/memory.swap.current");
    private readonly KernelFile _swapLimit = source.MountedFile($"{path}/memory.swap.max");
    private readonly KernelFile _events = source.MountedFile($"{path}/memory.events");
    private readonly KernelFile _pressure = source.MountedFile($"{path}/memory.pressure");

    public override long? ReadLimit(Span<byte> buffer) => ReadLimit(_limit, buffer);

    public override long? ReadHigh(Span<byte> buffer) => Limit(KernelText.Number(_high.Read(buffer)));

    public override long? ReadHighEvents(Span<byte> buffer) => KernelText.Value(_events.Read(buffer), "high"u8);

    public override CgroupUsage ReadUsage(long? limit, long? high, in Surroundings surroundings, Span<byte> buffer)
    {
        var usage = UsedMemory.PlausibleUsage(KernelText.Number(_usage.Read(buffer)), limit ?? high, surroundings);
        var stat = _stat.Read(buffer);
        var inactive = KernelText.Value(stat, "inactive_file"u8);
        var active = KernelText.Value(stat, "active_file"u8);

        // Missing if the kernel does not charge its own memory to cgroups; then the usage does not include that memory either.
        var slab = KernelText.Value(stat, "slab_reclaimable"u8);
        var used = UsedMemory.OfCgroup(
            usage,
            UsedMemory.PlausibleCache(usage, inactive, active, slab ?? 0),
            (limit ?? high) is not null,
            surroundings.ResidentBytes);
        return new CgroupUsage
        {
            LimitBytes = limit,
            HighBytes = high,
            UsageBytes = usage,
            WorkingSetBytes = Less(usage, inactive),
            Used = used,
            KernelCacheBytes = used is { Bytes: not null, Precision: UsagePrecision.Exact } ? slab : null,

            // Kernels before 5.9 count only file pages, under the shorter name.
            FileRefaults = KernelText.Value(stat, "workingset_refault_file"u8) ?? KernelText.Value(stat, "workingset_refault"u8),
        };
    }

    public override ContainerReading Describe(in CgroupUsage usage, Span<byte> buffer) => new()
    {
        Version = 2,
        Path = Path,
        LimitBytes = usage.LimitBytes,
        UsageBytes = usage.UsageBytes,
        WorkingSetBytes = usage.WorkingSetBytes,
        UsedBytes = usage.Used.Bytes,
        UsedPrecision = usage.Used.Precision,
        KernelCacheBytes = usage.KernelCacheBytes,
        FileRefaults = usage.FileRefaults,
        SwapUsedBytes = KernelText.Number(_swapUsage.Read(buffer)),
        SwapLimitBytes = KernelText.Number(_swapLimit.Read(buffer)) is { } swap and < Unlimited ? swap : null,
    };

    public override ContainerReading AddOwn(in ContainerReading reading, in CgroupUsage own, Span<byte> buffer)
    {
        var kills = KernelText.Value(_events.Read(buffer), "oom_kill"u8);

        // The machine's root cgroup has a pressure file too, for the host's pressure. Unlike any other cgroup, it has no usage.
        var pressure = own.UsageBytes is null ? default : _pressure.Read(buffer);
        return reading with
        {
            OomKills = kills,
            PressureSome = PressureText.Average10(pressure, "some"u8),
            PressureFull = PressureText.Average10(pressure, "full"u8),
        };
    }

    public override void Dispose()
    {
        _limit.Dispose();
        _usage.Dispose();
        _stat.Dispose();
        _high.Dispose();
        _swapUsage.Dispose();
        _swapLimit.Dispose();
        _events.Dispose();
        _pressure.Dispose();
    }
}
