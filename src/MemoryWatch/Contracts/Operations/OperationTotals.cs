namespace MemoryWatch;

/// <summary>Totals of all ended operations of one name since the watch was created, including quiet ones.</summary>
/// <example>
/// <code>
/// // The three names that allocate most.
/// foreach (OperationTotals totals in watch.TotalsByName.Take(3))
/// {
///     Console.WriteLine($"{totals.Name}: {totals.Count} times, {totals.AllocatedMeanBytes} bytes each, p95 {totals.DurationP95}");
/// }
/// </code>
/// </example>
public readonly struct OperationTotals
{
    /// <summary>Name of the operations; <c>other</c> for all names beyond the first 64.</summary>
    public string Name { get; init; }

    /// <summary>Number of operations that have ended.</summary>
    public long Count { get; init; }

    /// <summary>Number of these operations that failed.</summary>
    public long Failures { get; init; }

    /// <summary>Number of these operations that were cancelled.</summary>
    public long Cancellations { get; init; }

    /// <summary>Duration that half of the operations did not exceed, to within 7 %.</summary>
    public TimeSpan DurationP50 { get; init; }

    /// <summary>Duration that 95 % of the operations did not exceed, to within 7 %.</summary>
    public TimeSpan DurationP95 { get; init; }

    /// <summary>Duration of the longest operation.</summary>
    public TimeSpan DurationMax { get; init; }

    /// <summary>
    /// Mean change of the whole process's resident memory during an operation, in bytes, caused by whatever ran in between;
    /// <see langword="null"/> if it could not be read.
    /// </summary>
    public long? ChangeMeanBytes { get; init; }

    /// <summary>Maximum of these changes, in bytes.</summary>
    public long? ChangeMaxBytes { get; init; }

    /// <summary>
    /// Mean of the bytes that an operation allocated, including nested operations. Like the following values, it is <see langword="null"/> if
    /// allocations are not tracked.
    /// </summary>
    public long? AllocatedMeanBytes { get; init; }

    /// <summary>Bytes that 95 % of the operations did not exceed, to within 7 %.</summary>
    public long? AllocatedP95Bytes { get; init; }

    /// <summary>Sum of the bytes that all operations allocated.</summary>
    public long? AllocatedTotalBytes { get; init; }

    /// <summary>Sum of the bytes charged to all operations with <see cref="OperationScope.Charge"/>.</summary>
    public long? ChargedTotalBytes { get; init; }

    /// <summary>
    /// Bytes allocated after the end of the operations by flows that they started. They are not part of any operation's
    /// <see cref="OperationAllocation.SelfAllocatedBytes"/>.
    /// </summary>
    public long? AfterEndBytes { get; init; }

    /// <summary>Returns one line, such as <c>Download: 12 (1 failed, 0 cancelled), p95 2.1 s, allocated 540.0 MB</c>.</summary>
    public override string ToString() => 
        $"{Name}: {MemoryText.Count(Count)} ({MemoryText.Count(Failures)} failed, {MemoryText.Count(Cancellations)} cancelled), p95 {MemoryText.Duration(DurationP95)}, allocated {MemoryText.Megabytes(AllocatedTotalBytes)}";
}
