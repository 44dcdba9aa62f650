namespace MemoryWatch.AspNetCore.Page.Json;

/// <summary>What <c>/memory/history</c> answers. Times are in milliseconds since 1970 (UTC). Points are in columns, which is a third of the text.</summary>
internal sealed class HistoryJson
{
    public required long Time { get; init; }

    public required double WindowSeconds { get; init; }

    public required double ResolutionSeconds { get; init; }

    public required MemoryZone Zone { get; init; }

    public required long? LimitBytes { get; init; }

    public required LimitSource LimitSource { get; init; }

    public required long? HeapLimitBytes { get; init; }

    public required long? ElevatedBytes { get; init; }

    public required long? CriticalBytes { get; init; }

    public required long? ImminentBytes { get; init; }

    public required PointsJson Points { get; init; }

    public required SeriesJson[] Metrics { get; init; }

    public required MarkJson[] Marks { get; init; }

    public required SpanJson[] Operations { get; init; }

    public required CountsJson[] Counts { get; init; }

    public static HistoryJson Of(MemoryHistory history, bool showContext) => new()
    {
        Time = history.Time.ToUnixTimeMilliseconds(),
        WindowSeconds = history.Window.TotalSeconds,
        ResolutionSeconds = history.Resolution.TotalSeconds,
        Zone = history.Zone,
        LimitBytes = history.Usage.LimitBytes,
        LimitSource = history.Usage.Source,
        HeapLimitBytes = history.HeapUsage.LimitBytes,
        ElevatedBytes = history.ElevatedBytes,
        CriticalBytes = history.CriticalBytes,
        ImminentBytes = history.ImminentBytes,
        Points = PointsJson.Of(history.Points),
        Metrics = [.. history.Metrics.Select((m, i) => SeriesJson.Of(m, i, history.Points))],
        Marks = [.. history.Marks.Select(m => MarkJson.Of(m, showContext))],
        Operations = [.. history.Operations.Select(o => SpanJson.Of(o, showContext))],
        Counts = [.. history.Counts.Select(CountsJson.Of)],
    };
}

/// <summary>The points, one array for each number.</summary>
internal sealed class PointsJson
{
    public required long[] Time { get; init; }

    /// <summary>The places of points to which no line leads.</summary>
    public required int[] Gaps { get; init; }

    public required long?[] UsedMinBytes { get; init; }

    public required long?[] UsedMaxBytes { get; init; }

    public required long?[] ResidentMaxBytes { get; init; }

    public required long?[] HeapMaxBytes { get; init; }

    public required long?[] ManagedLiveBytes { get; init; }

    public required long?[] ManagedOverheadBytes { get; init; }

    public required long?[] NativeBytes { get; init; }

    public required long?[] SharedBytes { get; init; }

    public required long?[] FileBackedBytes { get; init; }

    public required long?[] RestOfContainerBytes { get; init; }

    public static PointsJson Of(IReadOnlyList<MemoryHistoryPoint> points) => new()
    {
        Time = [.. points.Select(p => p.Time.ToUnixTimeMilliseconds())],
        Gaps = [.. Enumerable.Range(0, points.Count).Where(i => points[i].FollowsGap)],
        UsedMinBytes = [.. points.Select(p => p.UsedMinBytes)],
        UsedMaxBytes = [.. points.Select(p => p.UsedMaxBytes)],
        ResidentMaxBytes = [.. points.Select(p => p.ResidentMaxBytes)],
        HeapMaxBytes = [.. points.Select(p => p.HeapMaxBytes)],
        ManagedLiveBytes = [.. points.Select(p => p.ManagedLiveBytes)],
        ManagedOverheadBytes = [.. points.Select(p => p.ManagedOverheadBytes)],
        NativeBytes = [.. points.Select(p => p.NativeBytes)],
        SharedBytes = [.. points.Select(p => p.SharedBytes)],
        FileBackedBytes = [.. points.Select(p => p.FileBackedBytes)],
        RestOfContainerBytes = [.. points.Select(p => p.RestOfContainerBytes)],
    };
}

/// <summary>A metric and its value at each point.</summary>
internal sealed record SeriesJson(string Name, string Key, string? Unit, long? Maximum, long?[] Values)
{
    public static SeriesJson Of(MetricDefinition metric, int place, IReadOnlyList<MemoryHistoryPoint> points) => new(
        metric.Name, metric.Key, metric.Unit, metric.Maximum,
        [.. points.Select(p => place < p.Metrics.Count ? p.Metrics[place] : null)]);
}

/// <summary>
/// An event, with the numbers of the operations that its cause names. If contexts are hidden, it has no text that may contain one.
/// </summary>
internal sealed record MarkJson(
    long Time, MemoryHistoryMarkKind Kind, MemoryZone? Zone, AlertSeverity? Severity, RunVerdict? Verdict, string? Text, string? Cause, long[] Operations)
{
    public static MarkJson Of(MemoryHistoryMark mark, bool showContext) => new(
        mark.Time.ToUnixTimeMilliseconds(),
        mark.Kind,
        mark.Zone,
        mark.Severity,
        mark.Verdict,
        showContext || mark.Kind != MemoryHistoryMarkKind.Alert ? mark.Text : null,
        showContext ? mark.Cause : null,
        [.. mark.CauseOperations]);
}

/// <summary>An operation.</summary>
internal sealed record SpanJson(
    long Id, long ParentId, string Name, string? Context, long Start, long? End, OperationOutcome Outcome, bool IsOfPreviousRun, long? AllocatedBytes,
    long? ChangeBytes)
{
    public static SpanJson Of(OperationSpan span, bool showContext) => new(
        span.OperationId, span.ParentId, span.Name, ContextText.Of(span.Context, showContext), span.Start.ToUnixTimeMilliseconds(),
        span.End?.ToUnixTimeMilliseconds(), span.Outcome, span.IsOfPreviousRun, span.AllocatedBytes, span.ChangeBytes);
}

/// <summary>What the operations of one name did in a stretch of time.</summary>
internal sealed record CountsJson(long Time, double LengthSeconds, string Name, int Ended, int Failed, long AllocatedBytes)
{
    public static CountsJson Of(OperationCounts counts) => new(
        counts.Time.ToUnixTimeMilliseconds(), counts.Length.TotalSeconds, counts.Name, counts.Ended, counts.Failed, counts.AllocatedBytes);
}
