namespace MemoryWatch.Tool.Live;

/// <summary>What is known of the process at one moment. A number that could not be read is <see langword="null"/>.</summary>
internal sealed record LiveReading
{
    /// <summary>Time since the first reading.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>The numbers, judged.</summary>
    public required MemorySnapshot Snapshot { get; init; }

    /// <summary>The levels of its cgroup, from its own upward.</summary>
    public required IReadOnlyList<LevelReading> Levels { get; init; }

    public long? Threads { get; init; }

    public long? OpenFiles { get; init; }

    /// <summary>Processors in use since the reading before; 1 is one processor.</summary>
    public double? Processors { get; init; }

    /// <summary>Proportional share of resident memory, in bytes, at the last time that it was read.</summary>
    public long? ProportionalBytes { get; init; }

    public required Neighborhood Neighborhood { get; init; }
}
