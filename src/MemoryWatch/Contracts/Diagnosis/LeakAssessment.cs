namespace MemoryWatch;

/// <summary>Whether one kind of memory leaks, and what the verdict rests on.</summary>
/// <example>
/// <code>
/// foreach (LeakAssessment leak in watch.Diagnose().Leaks)
/// {
///     Console.WriteLine(leak.Verdict == LeakVerdict.Leaking ? leak.Explain() : $"{leak.Track}: {leak.Verdict}, {leak.HeldBackBy}");
/// }
/// </code>
/// </example>
public sealed class LeakAssessment
{
    /// <summary>The memory that was judged.</summary>
    public required LeakTrack Track { get; init; }

    /// <summary>The verdict.</summary>
    public LeakVerdict Verdict { get; init; }

    /// <summary>The first condition that is not met; <see cref="LeakGate.None"/> if all are.</summary>
    public LeakGate HeldBackBy { get; init; }

    /// <summary>How long this memory has been observed.</summary>
    public TimeSpan Observed { get; init; }

    /// <summary>Number of floors, the lowest readings of equal spans of time, on which the verdict rests.</summary>
    public int FloorCount { get; init; }

    /// <summary>Growth of the floors in bytes per hour; <see langword="null"/> if there are too few.</summary>
    public Estimate? BytesPerHour { get; init; }

    /// <summary>
    /// What the floors grew by in the stretch that was judged, in bytes: the whole time, or the last part of it if memory began to grow late. If
    /// memory follows a metric, that part of the growth is not included unless it explains all of it.
    /// </summary>
    public long GrownBytes { get; init; }

    /// <summary>Length of that stretch.</summary>
    public TimeSpan GrowingFor { get; init; }

    /// <summary>
    /// What moments of equal load differ by, in bytes per hour; <see langword="null"/> if there are too few such moments.
    /// </summary>
    public Estimate? BytesPerHourAtEqualLoad { get; init; }

    /// <summary>The metric that memory grows with; <see langword="null"/> if there is none.</summary>
    public MetricCost? GrowsWith { get; init; }

    /// <summary>The name of the operations that memory grows with while all metrics stay level; <see langword="null"/> if there is none.</summary>
    public string? Operation { get; init; }

    /// <summary>What memory grows by for each of these operations, in bytes; <see langword="null"/> if there is none.</summary>
    public Estimate? BytesPerOperation { get; init; }

    /// <summary>When this growth reaches the limit; <see langword="null"/> if it is not significant, or there is no limit.</summary>
    public TimeToLimit? TimeToLimit { get; init; }

    /// <summary>Returns one line, such as <c>Managed: Leaking, None</c>.</summary>
    public override string ToString() => $"{Track}: {Verdict}, {HeldBackBy}";
}
