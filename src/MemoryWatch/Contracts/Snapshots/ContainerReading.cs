namespace MemoryWatch;

/// <summary>
/// Memory of the container (the Linux memory cgroup) in which this process runs, in bytes. All values are <see langword="null"/> if there is no
/// such cgroup or a value could not be read. Limit, usage and the values derived from them are those of the <b>governing</b> level: of all
/// levels from the process's own cgroup up to the root that have a limit, the one with the least headroom. If no level has a limit, they
/// describe the process's own cgroup.
/// </summary>
/// <example>
/// <code>
/// ContainerReading container = watch.Current.Container;
/// Console.WriteLine($"cgroup v{container.Version}: {container.UsedBytes >> 20} of {container.LimitBytes >> 20} MB, {container.OomKills} kills so far");
/// </code>
/// </example>
public readonly struct ContainerReading
{
    private readonly OptionalNumber _limitBytes;
    private readonly OptionalNumber _highBytes;
    private readonly OptionalNumber _highUsedBytes;
    private readonly OptionalNumber _highEvents;
    private readonly OptionalNumber _usageBytes;
    private readonly OptionalNumber _workingSetBytes;
    private readonly OptionalNumber _usedBytes;
    private readonly OptionalNumber _kernelCacheBytes;
    private readonly OptionalNumber _swapUsedBytes;
    private readonly OptionalNumber _swapLimitBytes;
    private readonly OptionalNumber _fileRefaults;
    private readonly OptionalNumber _oomKills;

    /// <summary>Version of the cgroup interface, 1 or 2; <see langword="null"/> without a memory cgroup.</summary>
    public int? Version { get; init; }

    /// <summary>Folder of the governing level, such as <c>/sys/fs/cgroup/memory/app</c>; <see langword="null"/> without a memory cgroup.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// The hard limit (<c>memory.max</c>, v1 <c>memory.limit_in_bytes</c> or <c>hierarchical_memory_limit</c>); <see langword="null"/> if there
    /// is no limit.
    /// </summary>
    public long? LimitBytes
    {
        get => _limitBytes.Value;
        init => _limitBytes = new(value);
    }

    /// <summary>
    /// The throttling limit (<c>memory.high</c>, v2 only) with the least headroom of all levels; <see langword="null"/> if there is no limit.
    /// </summary>
    public long? HighBytes
    {
        get => _highBytes.Value;
        init => _highBytes = new(value);
    }

    /// <summary>
    /// Used memory of the level whose <see cref="HighBytes"/> is reported, in bytes; <see langword="null"/> if there is no such limit or the
    /// number could not be read.
    /// </summary>
    public long? HighUsedBytes
    {
        get => _highUsedBytes.Value;
        init => _highUsedBytes = new(value);
    }

    /// <summary>
    /// How often processes of that level were slowed down because usage exceeded <see cref="HighBytes"/>, since the cgroup was created
    /// (<c>high</c> of <c>memory.events</c>).
    /// </summary>
    public long? HighEvents
    {
        get => _highEvents.Value;
        init => _highEvents = new(value);
    }

    /// <summary>All memory charged to the cgroup, including page cache (<c>memory.current</c>, v1 <c>memory.usage_in_bytes</c>).</summary>
    public long? UsageBytes
    {
        get => _usageBytes.Value;
        init => _usageBytes = new(value);
    }

    /// <summary>
    /// Usage minus <c>inactive_file</c> of <c>memory.stat</c> (v1 <c>total_inactive_file</c>), at least 0: the value that <c>kubectl top</c>
    /// and <c>docker stats</c> show. It is <see langword="null"/> if <c>memory.stat</c> does not contain the value.
    /// </summary>
    public long? WorkingSetBytes
    {
        get => _workingSetBytes.Value;
        init => _workingSetBytes = new(value);
    }

    /// <summary>
    /// Usage minus the page cache on both lists and minus <see cref="KernelCacheBytes"/>, at least 0. The kernel cannot take this memory back,
    /// so this memory leads to an OOM kill. If the container's limit governs, the watch compares this value with its thresholds. If a part could
    /// not be read, it is a bound (<see cref="UsedPrecision"/>).
    /// </summary>
    public long? UsedBytes
    {
        get => _usedBytes.Value;
        init => _usedBytes = new(value);
    }

    /// <summary>
    /// Whether <see cref="UsedBytes"/> is exact or a bound: without <c>memory.stat</c> it is the usage with all file cache, an upper bound;
    /// without a plausible usage it is the resident memory of this process, a lower bound.
    /// </summary>
    public UsagePrecision UsedPrecision { get; init; }

    /// <summary>
    /// Kernel memory of the cgroup that is mostly caches and that <see cref="UsedBytes"/> does not include (<c>slab_reclaimable</c> of
    /// <c>memory.stat</c>; v1 an estimate from <c>memory.kmem.usage_in_bytes</c>).
    /// </summary>
    public long? KernelCacheBytes
    {
        get => _kernelCacheBytes.Value;
        init => _kernelCacheBytes = new(value);
    }

    /// <summary>
    /// Number of other processes in this process's own cgroup (<c>cgroup.procs</c>); <see langword="null"/> if it could not be read.
    /// </summary>
    public int? OtherProcesses { get; init; }

    /// <summary>Swap used by the cgroup (<c>memory.swap.current</c>, v1 <c>total_swap</c> of <c>memory.stat</c>).</summary>
    public long? SwapUsedBytes
    {
        get => _swapUsedBytes.Value;
        init => _swapUsedBytes = new(value);
    }

    /// <summary>The swap limit of the cgroup (<c>memory.swap.max</c>, v2 only); <see langword="null"/> if there is no limit.</summary>
    public long? SwapLimitBytes
    {
        get => _swapLimitBytes.Value;
        init => _swapLimitBytes = new(value);
    }

    /// <summary>
    /// Number of file pages that were read again soon after the kernel dropped them because memory was short, since the cgroup was created
    /// (<c>workingset_refault_file</c> of <c>memory.stat</c>, v1 <c>total_workingset_refault_file</c>). If the count rises fast, the page cache
    /// is thrashing.
    /// </summary>
    public long? FileRefaults
    {
        get => _fileRefaults.Value;
        init => _fileRefaults = new(value);
    }

    /// <summary>
    /// Number of processes that the kernel OOM-killed in this process's own cgroup, since the cgroup was created (<c>oom_kill</c> of
    /// <c>memory.events</c>, v1 <c>memory.oom_control</c>).
    /// </summary>
    public long? OomKills
    {
        get => _oomKills.Value;
        init => _oomKills = new(value);
    }

    /// <summary>
    /// Percentage (0 to 100) of the last 10 s in which at least one task of the process's own cgroup waited for memory (<c>some avg10</c> of
    /// its <c>memory.pressure</c>, v2 only). It is never the pressure of the host.
    /// </summary>
    public double? PressureSome { get; init; }

    /// <summary>Like <see cref="PressureSome"/>, but the percentage in which all tasks waited at once (<c>full avg10</c>).</summary>
    public double? PressureFull { get; init; }

    /// <summary>Whether <see cref="HighUsedBytes"/> is exact or a bound.</summary>
    internal UsagePrecision HighPrecision { get; init; }

    /// <summary>Folder of the level whose <see cref="HighBytes"/> is reported.</summary>
    internal string? HighPath { get; init; }

    /// <summary>Identity of the process's own cgroup; 0 if it could not be read.</summary>
    internal (ulong Device, ulong Inode) Group { get; init; }

    /// <summary>The level that <see cref="FileRefaults"/> belongs to.</summary>
    internal CounterOwner Owner => new(Path, Group.Device, Group.Inode);

    /// <summary>The level that <see cref="HighEvents"/> belongs to.</summary>
    internal CounterOwner HighOwner => new(HighPath, Group.Device, Group.Inode);

    /// <summary>Returns one line, such as <c>used 120.0 MB of 512 MB (usage 150.0 MB)</c>.</summary>
    public override string ToString() =>
        $"used {MemoryText.Bound(UsedPrecision)}{MemoryText.Megabytes(UsedBytes)} of {MemoryText.Limit(LimitBytes)} (usage {MemoryText.Megabytes(UsageBytes)})";
}
