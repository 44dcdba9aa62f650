namespace MemoryWatch;

/// <summary>Memory of the process before or after a relief step, in bytes.</summary>
public readonly struct ReliefMeasure
{
    // A step that freed less than this part of resident memory freed next to nothing.
    private const double WorthwhilePart = 0.01;

    /// <summary>Resident memory; <see langword="null"/> if it could not be read.</summary>
    public long? ResidentBytes { get; init; }

    /// <summary>Managed heap in use (<see cref="GC.GetTotalMemory"/>).</summary>
    public long HeapBytes { get; init; }

    /// <summary>Memory that the GC had committed at the last GC (<see cref="GCMemoryInfo.TotalCommittedBytes"/>).</summary>
    public long CommittedBytes { get; init; }

    /// <summary>Live objects when the last GC ended; <see langword="null"/> if it was not measured, as in the report of a previous run.</summary>
    public long? LiveBytes { get; init; }

    /// <summary>
    /// Memory that counts toward the governing limit, by its lower bound (<see cref="MemoryUsage.LeastUsedBytes"/>); <see langword="null"/> if it could
    /// not be read or was not measured.
    /// </summary>
    public long? UsedBytes { get; init; }

    /// <summary>Whether at least 1 % of resident memory was freed by then, in resident memory or in the heap.</summary>
    internal bool IsWorthwhile(in ReliefMeasure after) =>
        Math.Max(ResidentBytes - after.ResidentBytes ?? 0, HeapBytes - after.HeapBytes) >= Math.Max(1, (ResidentBytes ?? 0) * WorthwhilePart);

    /// <summary>Returns one line, such as <c>resident 171.8 MB, heap 40.0 MB, committed 60.0 MB</c>.</summary>
    public override string ToString() =>
        $"resident {MemoryText.Megabytes(ResidentBytes)}, heap {MemoryText.Megabytes(HeapBytes)}, committed {MemoryText.Megabytes(CommittedBytes)}";
}

/// <summary>The measured result of a relief step.</summary>
/// <example>
/// <code>
/// public sealed class ReliefLog(ILogger&lt;ReliefLog> logger) : IMemoryObserver
/// {
///     public void OnRelief(ReliefOutcome outcome)
///     {
///         ReliefMeasure before = outcome.Before, after = outcome.After;
///         logger.LogInformation("{Step}: heap {Before} to {After} bytes", outcome.Name, before.HeapBytes, after.HeapBytes);
///     }
/// }
/// </code>
/// </example>
public sealed class ReliefOutcome
{
    /// <summary>Name of the step.</summary>
    public required string Name { get; init; }

    /// <summary>Time when the step ended or was abandoned (UTC).</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Duration of the step.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Memory when the step started.</summary>
    public required ReliefMeasure Before { get; init; }

    /// <summary>Memory when the step ended or was abandoned.</summary>
    public required ReliefMeasure After { get; init; }

    /// <summary>
    /// The error, escaped and capped at 256 characters: an exception, or a note that the step exceeded its time limit. It is
    /// <see langword="null"/> if the step succeeded.
    /// </summary>
    public string? Error { get; init; }

    /// <summary>Whether the step did not return within its time limit and one more second, so that it was abandoned.</summary>
    public bool IsAbandoned { get; init; }

    /// <summary>
    /// Resident memory before the step minus resident memory after it, in bytes. It is negative if memory grew meanwhile, and
    /// <see langword="null"/> if resident memory could not be read.
    /// </summary>
    public long? FreedBytes => Before.ResidentBytes - After.ResidentBytes;

    /// <summary>Whether a step freed enough to be called again after its plain cool-down.</summary>
    internal bool IsWorthwhile => Error is null && Before.IsWorthwhile(After);

    /// <summary>Returns one line, such as <c>GC freed 15.3 MB in 38 ms</c>.</summary>
    public override string ToString() => Error is null
        ? $"{Name} freed {MemoryText.Megabytes(FreedBytes)} in {MemoryText.Duration(Duration)}"
        : $"{Name} failed after {MemoryText.Duration(Duration)}: {Error}";
}
