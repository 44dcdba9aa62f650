namespace MemoryWatch;

/// <summary>
/// What the operations of one name did in one stretch of time. The six names that allocated most have counts of their own; all others are
/// <c>other</c>.
/// </summary>
/// <example>
/// <code>
/// var failed = watch.History(TimeSpan.FromHours(24)).Counts
///     .GroupBy((OperationCounts counts) => counts.Name)
///     .ToDictionary(byName => byName.Key, byName => byName.Sum(counts => counts.Failed));
/// </code>
/// </example>
public sealed class OperationCounts
{
    /// <summary>Start of the stretch (UTC).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Its length: 10 s in windows of up to 10 minutes, 2 min in windows of up to 2 hours, otherwise 1 hour. The last is not over yet.</summary>
    public TimeSpan Length { get; init; }

    /// <summary>Name of the operations, or <c>other</c>.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>Number of operations that ended, quiet ones included.</summary>
    public int Ended { get; init; }

    /// <summary>Number of these that failed or were cancelled.</summary>
    public int Failed { get; init; }

    /// <summary>
    /// Bytes that operations of the name allocated meanwhile, those in flight included, without nested operations, so that the names of one stretch
    /// can be added up; 0 if allocations are not tracked.
    /// </summary>
    public long AllocatedBytes { get; init; }

    /// <summary>Returns one line, such as <c>Message: 120 ended, 2 failed, allocated 45.3 MB</c>.</summary>
    public override string ToString() =>
        $"{Name}: {MemoryText.Count(Ended)} ended, {MemoryText.Count(Failed)} failed, allocated {MemoryText.Megabytes(AllocatedBytes)}";
}
