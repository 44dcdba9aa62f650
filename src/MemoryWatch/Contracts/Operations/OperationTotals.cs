namespace MemoryWatch;

/// <summary>What all operations of one name came to since the watch was made; those that have ended, quiet ones included.</summary>
public readonly struct OperationTotals
{
    /// <summary>The operations' name; <c>other</c> for all names beyond the first 64.</summary>
    public string Name { get; init; }

    /// <summary>How many have ended.</summary>
    public long Count { get; init; }

    /// <summary>How many of them failed.</summary>
    public long Failures { get; init; }

    /// <summary>How many of them were cancelled.</summary>
    public long Cancellations { get; init; }

    /// <summary>The duration that half of them did not exceed, to within 7 %.</summary>
    public TimeSpan DurationP50 { get; init; }

    /// <summary>The duration that 95 % of them did not exceed, to within 7 %.</summary>
    public TimeSpan DurationP95 { get; init; }

    /// <summary>The longest duration.</summary>
    public TimeSpan DurationMax { get; init; }

    /// <summary>
    /// The mean change of the whole process's resident memory during one, in bytes, by whatever ran in between; absent where it
    /// could not be read.
    /// </summary>
    public long? ChangeMeanBytes { get; init; }

    /// <summary>The largest such change, in bytes.</summary>
    public long? ChangeMaxBytes { get; init; }

    /// <summary>
    /// What one allocated on average, in bytes, the operations inside of it included. As the following absent where
    /// allocations are not tracked.
    /// </summary>
    public long? AllocatedMeanBytes { get; init; }

    /// <summary>What 95 % of them did not exceed, in bytes, to within 7 %.</summary>
    public long? AllocatedP95Bytes { get; init; }

    /// <summary>What all of them allocated together, in bytes.</summary>
    public long? AllocatedTotalBytes { get; init; }

    /// <summary>What was charged to all of them together by <see cref="OperationScope.Charge"/>, in bytes.</summary>
    public long? ChargedTotalBytes { get; init; }

    /// <summary>
    /// What flows that they started and that lived on have allocated after the operation's end, in bytes: in no operation's
    /// own number.
    /// </summary>
    public long? AfterEndBytes { get; init; }

    /// <summary>One line: <c>Download: 12 (1 failed, 0 cancelled), p95 2.1 s, allocated 540.0 MB</c>.</summary>
    public override string ToString() => 
        $"{Name}: {MemoryText.Count(Count)} ({MemoryText.Count(Failures)} failed, {MemoryText.Count(Cancellations)} cancelled), p95 {MemoryText.Duration(DurationP95)}, allocated {MemoryText.Megabytes(AllocatedTotalBytes)}";
}
