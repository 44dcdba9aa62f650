namespace MemoryWatch;

/// <summary>
/// Memory of the container (the Linux memory cgroup) that this process runs in, in bytes; all absent where there is
/// none. Limit, usage and what derives from them are those of the <b>governing</b> level: of all levels from the
/// process's own group up to the root that have a limit, the one with the least headroom. With no limit at any
/// level they describe the process's own group.
/// </summary>
public readonly struct ContainerReading
{
    /// <summary>The version of the control-group interface, 1 or 2; absent without a memory group.</summary>
    public int? Version { get; init; }

    /// <summary>The governing level's folder, such as <c>/sys/fs/cgroup/memory/app</c>; absent without a memory group.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// The hard limit (<c>memory.max</c>, v1 <c>memory.limit_in_bytes</c> or <c>hierarchical_memory_limit</c>); absent
    /// where there is none.
    /// </summary>
    public long? LimitBytes { get; init; }

    /// <summary>The throttling limit (<c>memory.high</c>, v2 only); absent where there is none.</summary>
    public long? HighBytes { get; init; }

    /// <summary>All memory charged to the group, page cache included (<c>memory.current</c>, v1 <c>memory.usage_in_bytes</c>).</summary>
    public long? UsageBytes { get; init; }

    /// <summary>
    /// Usage less <c>inactive_file</c> of <c>memory.stat</c>, at least 0: what <c>kubectl top</c> and <c>docker stats</c>
    /// show. Like <see cref="UsedBytes"/> absent where that file does not tell.
    /// </summary>
    public long? WorkingSetBytes { get; init; }

    /// <summary>
    /// Usage less the page cache on both lists and, on v2, less reclaimable slab, at least 0: what the kernel cannot take
    /// back, so what ends in a kill. This is what the watch's thresholds judge.
    /// </summary>
    public long? UsedBytes { get; init; }

    /// <summary>Swap in use by the group (<c>memory.swap.current</c>; on v1 the <c>swap</c> of <c>memory.stat</c>).</summary>
    public long? SwapUsedBytes { get; init; }

    /// <summary>The group's swap limit (<c>memory.swap.max</c>, v2 only); absent where there is none.</summary>
    public long? SwapLimitBytes { get; init; }

    /// <summary>
    /// How many pages of files had to be read again soon after the kernel had dropped them for want of memory, since the group was
    /// made (<c>workingset_refault_file</c> of <c>memory.stat</c>). A count that runs up fast means that the page cache is thrashed.
    /// </summary>
    public long? FileRefaults { get; init; }

    /// <summary>
    /// How many processes the kernel has killed in this process's own group for want of memory, since the group
    /// was made (<c>oom_kill</c> of <c>memory.events</c>, v1 <c>memory.oom_control</c>).
    /// </summary>
    public long? OomKills { get; init; }

    /// <summary>
    /// Percentage (0 to 100) of the last 10 s in which some task of the process's own group waited for memory
    /// (<c>some avg10</c> of its <c>memory.pressure</c>, v2 only). The host's pressure is never taken for it.
    /// </summary>
    public double? PressureSome { get; init; }

    /// <summary>As <see cref="PressureSome"/>, but in which all tasks waited at once (<c>full avg10</c>).</summary>
    public double? PressureFull { get; init; }

    /// <summary>One line: <c>used 120.0 MB of 512 MB (usage 150.0 MB)</c>.</summary>
    public override string ToString() => 
        $"used {MemoryText.Megabytes(UsedBytes)} of {MemoryText.Limit(LimitBytes)} (usage {MemoryText.Megabytes(UsageBytes)})";
}
