namespace MemoryWatch;

/// <summary>
/// The result of one tick: the snapshot, and the alerts that the judge raised. The judge creates it; then MemoryWatch reports it and acts on
/// it.
/// </summary>
/// <param name="snapshot">The snapshot, with its zone.</param>
/// <param name="alerts">The alerts, with their causes; often empty.</param>
/// <param name="isHigh">Whether usage has reached the high threshold and has not left it since.</param>
internal sealed class TickReport(MemorySnapshot snapshot, MemoryAlert[] alerts, bool isHigh)
{
    public MemorySnapshot Snapshot { get; } = snapshot;

    public MemoryAlert[] Alerts { get; } = alerts;

    public bool IsHigh { get; } = isHigh;

    /// <summary>Whether usage is at or above the target of relief, by its lower bound.</summary>
    public bool IsAboveTarget { get; init; }

    /// <summary>
    /// Operations that have been in flight for longer than <see cref="LongOperation"/>, at most five, the oldest first. Empty unless memory is
    /// in a zone worse than healthy and a report that names them is due.
    /// </summary>
    public OperationInFlight[] LongOperations { get; init; } = [];

    public TimeSpan LongOperation { get; init; }

    /// <summary>A copy of the snapshot for the periodic check; <see langword="null"/> if the check is not due.</summary>
    public MemorySnapshot? Check { get; init; }

    /// <summary>What explains the memory; <see langword="null"/> unless the log tells it with an alert or the periodic check.</summary>
    public MemoryDiagnosis? Diagnosis { get; private set; }

    /// <summary>The leak verdict on each kind of memory.</summary>
    public IReadOnlyList<LeakAssessment> Leaks { get; init; } = [];

    /// <summary>
    /// Objects that are alive although the application expected them to be collected; <see langword="null"/> if it expects none to be.
    /// </summary>
    public IReadOnlyList<UncollectedObjects>? Uncollected { get; init; }

    /// <summary>Time since the watch has seen the last gen-2 GC, by which the managed heap is judged.</summary>
    public TimeSpan SinceCollection { get; init; }

    /// <summary>GC activity since the previous GC report; <see langword="null"/> if no GC report is due.</summary>
    public CollectionReport? Collections { get; init; }

    /// <summary>Returns a copy of the report with its diagnosis.</summary>
    public TickReport With(MemoryDiagnosis diagnosis)
    {
        var copy = (TickReport)MemberwiseClone();
        copy.Diagnosis = diagnosis;
        return copy;
    }
}
