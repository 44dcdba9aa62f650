namespace MemoryWatch.Read;

/// <summary>A level of version 1's memory hierarchy.</summary>
/// <param name="path">The cgroup's folder as the process sees it.</param>
/// <param name="folder">The path under which to open that folder.</param>
internal sealed class CgroupV1Level(string path, string folder) : CgroupLevel(path)
{
    private readonly KernelFile _limit = new($"{folder}/memory.limit_in_bytes");
    private readonly KernelFile _usage = new($"{folder}/memory.usage_in_bytes");
    private readonly KernelFile _stat = new($"{folder}/memory.stat");
    private readonly KernelFile _oomControl = new($"{folder}/memory.oom_control");

    public override long? ReadLimit(Span<byte> buffer) => Limit(KernelText.Number(_limit.Read(buffer)));

    public override CgroupUsage ReadUsage(long? limit, Span<byte> buffer)
    {
        var usage = KernelText.Number(_usage.Read(buffer));
        var stat = _stat.Read(buffer);
        var inactive = KernelText.Value(stat, "total_inactive_file"u8);
        var active = KernelText.Value(stat, "total_active_file"u8);
        return new CgroupUsage
        {
            LimitBytes = limit,
            UsageBytes = usage,
            WorkingSetBytes = Less(usage, inactive),
            UsedBytes = Less(Less(usage, inactive), active),
            SwapBytes = KernelText.Value(stat, "total_swap"u8),
            FileRefaults = KernelText.Value(stat, "total_workingset_refault_file"u8),
            InheritedLimitBytes = Limit(KernelText.Value(stat, "hierarchical_memory_limit"u8)),
        };
    }

    public override ContainerReading Describe(in CgroupUsage usage, Span<byte> buffer) => new()
    {
        Version = 1,
        Path = Path,
        LimitBytes = usage.LimitBytes,
        UsageBytes = usage.UsageBytes,
        WorkingSetBytes = usage.WorkingSetBytes,
        UsedBytes = usage.UsedBytes,
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
        _oomControl.Dispose();
    }
}
