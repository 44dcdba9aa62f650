namespace MemoryWatch;

/// <summary>Memory of the process around a relief step, in bytes.</summary>
public readonly struct ReliefMeasure
{
    /// <summary>Resident memory; absent where it could not be read.</summary>
    public long? ResidentBytes { get; init; }

    /// <summary>Managed heap in use (<see cref="GC.GetTotalMemory"/>).</summary>
    public long HeapBytes { get; init; }

    /// <summary>Memory that the GC holds from the system.</summary>
    public long CommittedBytes { get; init; }

    /// <summary>One line: <c>resident 171.8 MB, heap 40.0 MB, committed 60.0 MB</c>.</summary>
    public override string ToString() =>
        $"resident {MemoryText.Megabytes(ResidentBytes)}, heap {MemoryText.Megabytes(HeapBytes)}, committed {MemoryText.Megabytes(CommittedBytes)}";
}

/// <summary>What a relief step did, as measured from outside.</summary>
public sealed class ReliefOutcome
{
    /// <summary>The step's name.</summary>
    public required string Name { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Memory when it started.</summary>
    public required ReliefMeasure Before { get; init; }

    /// <summary>Memory when it ended.</summary>
    public required ReliefMeasure After { get; init; }

    /// <summary>What went wrong, escaped and capped: an exception, or that the time limit passed. Absent where nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>Resident memory before less after, in bytes: negative where it grew meanwhile, absent where it could not be read.</summary>
    public long? FreedBytes => Before.ResidentBytes - After.ResidentBytes;

    /// <summary>One line: <c>GC freed 15.3 MB in 38 ms</c>.</summary>
    public override string ToString() => Error is null
        ? $"{Name} freed {MemoryText.Megabytes(FreedBytes)} in {MemoryText.Duration(Duration)}"
        : $"{Name} failed after {MemoryText.Duration(Duration)}: {Error}";
}
