namespace MemoryWatch.Read;

/// <summary>What one level of the memory groups uses, in bytes, and the limit it is judged by.</summary>
internal readonly struct CgroupUsage
{
    public long? LimitBytes { get; init; }

    public long? UsageBytes { get; init; }

    public long? WorkingSetBytes { get; init; }

    public long? UsedBytes { get; init; }

    /// <summary>Swap in use, where it is told along with the usage (v1).</summary>
    public long? SwapBytes { get; init; }

    /// <summary>Pages of files that had to be read again, since the group was made.</summary>
    public long? FileRefaults { get; init; }

    /// <summary>The lowest limit of this level and all above it, those that cannot be seen included (v1).</summary>
    public long? InheritedLimitBytes { get; init; }

    /// <summary>Whether this level ends in a kill sooner than the other: it has less headroom. Unknown headroom comes last.</summary>
    public bool IsTighterThan(in CgroupUsage other) =>
        (Headroom ?? long.MaxValue) < (other.Headroom ?? long.MaxValue) || (LimitBytes is not null && other.LimitBytes is null);

    private long? Headroom => LimitBytes - (UsedBytes ?? UsageBytes);
}
