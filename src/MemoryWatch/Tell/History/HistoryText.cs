namespace MemoryWatch.Tell;

/// <summary>Makes the events of the history, with their texts.</summary>
internal static class HistoryText
{
    public static MemoryHistoryMark Start(DateTimeOffset time) =>
        new() { Time = time, Kind = MemoryHistoryMarkKind.Start, Text = "MemoryWatch started" };

    /// <summary>A start after a run of which it is known how it ended.</summary>
    public static MemoryHistoryMark Restart(DateTimeOffset time, PreviousRun previous) => new()
    {
        Time = time,
        Kind = MemoryHistoryMarkKind.Restart,
        Verdict = previous.Verdict,
        Text = PreviousRunText.Title(previous),
        Cause = previous.Cause?.Describe(),
    };

    /// <summary>A start of an earlier run, of which only the verdict on the run before it is left.</summary>
    /// <param name="time">When it was.</param>
    /// <param name="verdict">How the run before it ended; <see langword="null"/> if there was none.</param>
    public static MemoryHistoryMark Earlier(DateTimeOffset time, RunVerdict? verdict) =>
        verdict is { } known ? Restart(time, new() { Verdict = known }) : Start(time);

    public static MemoryHistoryMark Mark(MemoryAlert alert, MemorySnapshot snapshot) => new()
    {
        Time = snapshot.Time,
        Kind = alert switch
        {
            SpikeAlert => MemoryHistoryMarkKind.Spike,
            ZoneAlert => MemoryHistoryMarkKind.Zone,
            _ => MemoryHistoryMarkKind.Alert,
        },
        Zone = snapshot.Zone,
        Severity = alert.Severity,
        Text = alert.Describe(),
        Cause = alert.Cause?.Describe(),
        CauseOperations = alert.Cause is { } cause ? Named(cause) : [],
    };

    /// <summary>An alert of a previous run.</summary>
    public static MemoryHistoryMark Mark(PreviousAlert alert) => new()
    {
        Time = alert.Time,
        Kind = alert.Kind switch
        {
            "spike" => MemoryHistoryMarkKind.Spike,
            "zone" => MemoryHistoryMarkKind.Zone,
            _ => MemoryHistoryMarkKind.Alert,
        },
        Severity = alert.Severity,
        Text = alert.Message,
    };

    public static MemoryHistoryMark Mark(ReliefOutcome outcome, MemoryZone? zone) => new()
    {
        Time = outcome.Time,
        Kind = MemoryHistoryMarkKind.Relief,
        Zone = zone,
        Text = outcome.ToString(),
    };

    /// <summary>The operations that a cause names: those that allocated, else those at work, else the only one in flight.</summary>
    private static long[] Named(MemoryCause cause)
    {
        var named = cause.Operations.Count > 0 ? cause.Operations : cause.AtWork.Count > 0 ? cause.AtWork : cause.InFlight;
        return [.. named.Select(operation => operation.OperationId).Where(id => id != 0).Take(HistoryMarks.MostOperations)];
    }
}
