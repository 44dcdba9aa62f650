namespace MemoryWatch.Read;

/// <summary>Usage of one cgroup level, in bytes, and the limits that it is judged by.</summary>
internal readonly struct CgroupUsage
{
    public long? LimitBytes { get; init; }

    public long? HighBytes { get; init; }

    public long? UsageBytes { get; init; }

    public long? WorkingSetBytes { get; init; }

    public UsedMemory Used { get; init; }

    /// <summary>Kernel memory that is mostly caches and not counted as used.</summary>
    public long? KernelCacheBytes { get; init; }

    /// <summary>Whether <see cref="KernelCacheBytes"/> is an estimate that makes a difference to how near the limit is.</summary>
    public bool HasManyKernelCaches { get; init; }

    /// <summary>Swap in use, if the kernel reports it along with the usage (v1).</summary>
    public long? SwapBytes { get; init; }

    /// <summary>Number of file pages that had to be read again since the cgroup was created.</summary>
    public long? FileRefaults { get; init; }

    /// <summary>The lowest limit of this level and all levels above it, including levels that are not visible (v1).</summary>
    public long? InheritedLimitBytes { get; init; }

    /// <summary>The number that is missing, if one stands in for it.</summary>
    public ReadingGaps Gaps => Used.Precision switch
    {
        UsagePrecision.AtMost => ReadingGaps.ContainerCache,
        UsagePrecision.AtLeast => ReadingGaps.ContainerUsage,
        _ when Used.Bytes is null => ReadingGaps.ContainerUsage,
        _ => HasManyKernelCaches ? ReadingGaps.KernelCaches : ReadingGaps.None,
    };

    /// <summary>
    /// Whether this level leads to a kill sooner than the other because it has less headroom. Unknown headroom ranks last; a level with a limit ranks
    /// before a level without one.
    /// </summary>
    public bool IsTighterThan(in CgroupUsage other) =>
        (LimitBytes - Used.Bytes ?? long.MaxValue) < (other.LimitBytes - other.Used.Bytes ?? long.MaxValue)
        || (LimitBytes is not null && other.LimitBytes is null);

    /// <summary>Whether this level is slowed down sooner than the other, by the same rule.</summary>
    public bool IsThrottledBefore(in CgroupUsage other) =>
        (HighBytes - Used.Bytes ?? long.MaxValue) < (other.HighBytes - other.Used.Bytes ?? long.MaxValue)
        || (HighBytes is not null && other.HighBytes is null);
}
