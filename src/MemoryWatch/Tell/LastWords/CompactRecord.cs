namespace MemoryWatch.Tell;

/// <summary>
/// What a compact line contains: the numbers at the moment when the zone rose, rounded to 0.1 MB, and the operations and metrics that fitted.
/// </summary>
internal sealed record CompactRecord
{
    /// <summary>Time of the reading (UTC), to the second.</summary>
    public DateTimeOffset Time { get; init; }

    public MemoryZone Zone { get; init; }

    /// <summary>The used memory and the limit that kills.</summary>
    public MemoryUsage Used { get; init; }

    /// <summary>The occupied heap and the GC's limit.</summary>
    public MemoryUsage Heap { get; init; }

    public long? ResidentBytes { get; init; }

    public long? ManagedLiveBytes { get; init; }

    public long? ManagedOverheadBytes { get; init; }

    public long? NativeBytes { get; init; }

    public long? SharedBytes { get; init; }

    public long? FileBackedBytes { get; init; }

    public long? RestOfContainerBytes { get; init; }

    /// <summary>Number of all operations in flight.</summary>
    public int InFlightCount { get; init; }

    /// <summary>Those that have allocated most.</summary>
    public IReadOnlyList<CompactOperation> InFlight { get; init; } = [];

    /// <summary>Number of all names of ended operations.</summary>
    public int NameCount { get; init; }

    /// <summary>The names whose operations have allocated most.</summary>
    public IReadOnlyList<CompactTotal> Top { get; init; } = [];

    /// <summary>Number of all metrics.</summary>
    public int MetricCount { get; init; }

    /// <summary>The first metrics.</summary>
    public IReadOnlyList<CompactMetric> Metrics { get; init; } = [];
}

/// <summary>An operation in flight.</summary>
internal readonly record struct CompactOperation(string Name, string Context, TimeSpan Age, long AllocatedBytes, long ChargedBytes);

/// <summary>The ended operations of one name.</summary>
internal readonly record struct CompactTotal(string Name, long Count, long? AllocatedBytes);

/// <summary>A metric; its value is <see langword="null"/> if it could not be read.</summary>
internal readonly record struct CompactMetric(string Name, long? Value);
