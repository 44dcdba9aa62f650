namespace MemoryWatch.Read;

/// <summary>Usage of one cgroup level, in bytes, and the limit that it is judged by.</summary>
internal readonly struct CgroupUsage
{
    public long? LimitBytes { get; init; }

    public long? UsageBytes { get; init; }

    public long? WorkingSetBytes { get; init; }

    public long? UsedBytes { get; init; }

    /// <summary>Swap in use, if the kernel reports it along with the usage (v1).</summary>
    public long? SwapBytes { get; init; }

    /// <summary>Number of file pages that had to be read again since the cgroup was created.</summary>
    public long? FileRefaults { get; init; }

    /// <summary>The lowest limit of this level and all levels above it, including levels that are not visible (v1).</summary>
    public long? InheritedLimitBytes { get; init; }

    /// <summary>
    /// Whether this level leads to a kill sooner than the other because it has less headroom. Unknown headroom ranks last; a level with a limit ranks
    /// before a level without one.
    /// </summary>
    public bool IsTighterThan(in CgroupUsage other) =>
        (Headroom ?? long.MaxValue) < (other.Headroom ?? long.MaxValue) || (LimitBytes is not null && other.LimitBytes is null);

    private long? Headroom => LimitBytes - (UsedBytes ?? UsageBytes);
}
