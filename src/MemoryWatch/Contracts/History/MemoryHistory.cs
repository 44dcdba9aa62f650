namespace MemoryWatch;

/// <summary>
/// What memory did up to now: readings at one resolution, what happened, and the operations that ran, all on one time axis. It is immutable and
/// goes back beyond the start of this run if there is a black box. Sizes are in bytes and were stored in whole KB, rounded down; a number that is
/// not known is <see langword="null"/>, never 0.
/// </summary>
/// <example>
/// <code>
/// app.MapGet("/memory-peak", (IMemoryWatch watch) =>
/// {
///     MemoryHistory history = watch.History(TimeSpan.FromHours(24));
///     return new { history.Resolution, PeakBytes = history.Points.Max(point => point.UsedMaxBytes) };
/// });
/// </code>
/// </example>
public sealed class MemoryHistory
{
    /// <summary>A history without points: of a watch that has not started or does nothing.</summary>
    public static MemoryHistory Empty { get; } = new();

    /// <summary>End of the history (UTC): the time of the last reading.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The time that the history covers, up to <see cref="Time"/>: at most 7 days.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>Length of time of one point: 1 s, 10 s, 2 min or 10 min.</summary>
    public TimeSpan Resolution { get; init; }

    /// <summary>The used memory and the limit beyond which the process is killed, at the last reading.</summary>
    public MemoryUsage Usage { get; init; }

    /// <summary>The occupied heap and the GC's own limit, at the last reading.</summary>
    public MemoryUsage HeapUsage { get; init; }

    /// <summary>The zone at the last reading.</summary>
    public MemoryZone Zone { get; init; }

    /// <summary>Used memory at or above which memory is elevated, in bytes; <see langword="null"/> if no limit is known.</summary>
    public long? ElevatedBytes { get; init; }

    /// <summary>Used memory at or above which memory is critical, in bytes; <see langword="null"/> if no limit is known.</summary>
    public long? CriticalBytes { get; init; }

    /// <summary>Used memory at or above which the limit is imminent, in bytes; <see langword="null"/> if no limit is known.</summary>
    public long? ImminentBytes { get; init; }

    /// <summary>The metrics whose values the points have, in this order: the first 16 of the snapshots.</summary>
    public IReadOnlyList<MetricDefinition> Metrics { get; init; } = [];

    /// <summary>The readings, the oldest first. There is no point for a time without a reading.</summary>
    public IReadOnlyList<MemoryHistoryPoint> Points { get; init; } = [];

    /// <summary>
    /// What happened in the window, the oldest first. At most 48 events are kept; the oldest of the kind with most events goes first.
    /// </summary>
    public IReadOnlyList<MemoryHistoryMark> Marks { get; init; } = [];

    /// <summary>
    /// Operations that ran in the window, by their start, the oldest first. Where more ended than are kept, those that allocated most are kept for
    /// each stretch of time; <see cref="Counts"/> counts all of them.
    /// </summary>
    public IReadOnlyList<OperationSpan> Operations { get; init; } = [];

    /// <summary>
    /// The operations that ended in the window and what operations allocated, by name and time, the oldest first: quiet ones and those without a
    /// span included. Add them up for the names that allocated most in a part of the window.
    /// </summary>
    public IReadOnlyList<OperationCounts> Counts { get; init; } = [];

    /// <summary>Returns one line, such as <c>600 points of 1 s, 3 marks, 12 operations</c>.</summary>
    public override string ToString() =>
        $"{MemoryText.Count(Points.Count)} points of {MemoryText.Interval(Resolution)}, {MemoryText.Count(Marks.Count)} marks, {MemoryText.Count(Operations.Count)} operations";
}
