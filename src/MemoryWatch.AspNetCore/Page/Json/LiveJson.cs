namespace MemoryWatch.AspNetCore.Page.Json;

/// <summary>
/// What changes every second. It is for the page's script; its form may change with any version. The times of the server and of the reading are in
/// milliseconds since 1970; the values are those of <see cref="StateJson.Metrics"/>.
/// </summary>
internal sealed record TickJson(
    long Now, long Time, MemoryZone Zone, string Headline, long? UsedBytes, long? HeapBytes, long? ResidentBytes, SplitJson Split, long?[] Values)
{
    public static TickJson Of(MemorySnapshot snapshot, string headline, DateTimeOffset now) => new(
        now.ToUnixTimeMilliseconds(),
        snapshot.Time.ToUnixTimeMilliseconds(),
        snapshot.Zone,
        headline,
        snapshot.Usage.UsedBytes,
        snapshot.HeapUsage.UsedBytes,
        snapshot.Process.ResidentBytes,
        SplitJson.Of(snapshot),
        [.. snapshot.Metrics.Select(m => m.Value)]);
}

/// <summary>
/// What changes now and then: sent again only when it has. When the number of the last journal entry rises, the history has new operations.
/// </summary>
internal sealed record StateJson(
    string Scope, StateFindingJson[] Findings, StateMetricJson[] Metrics, int InFlightCount, InFlightJson[] InFlight, TotalsJson[] ByName, long Journal)
{
    public static StateJson Of(MemorySnapshot snapshot, MemoryDiagnosis diagnosis, OperationsJson operations, long journal) => new(
        snapshot.DescribeScope(),
        [.. diagnosis.Findings.Select(f => new StateFindingJson(f.Severity, f.Describe()))],
        [.. snapshot.Metrics.Select(m => StateMetricJson.Of(m.Definition, diagnosis.Costs))],
        operations.InFlightCount,
        operations.InFlight,
        operations.ByName,
        journal);
}

internal sealed record StateFindingJson(AlertSeverity Severity, string Text);

/// <summary>A metric and what one unit of it costs, if that is known.</summary>
internal sealed record StateMetricJson(string Name, string? Unit, long? Maximum, CostJson? Cost)
{
    public static StateMetricJson Of(MetricDefinition metric, IReadOnlyList<MetricCost> costs) => new(
        metric.Name, metric.Unit, metric.Maximum, costs.FirstOrDefault(c => c.Metric.Name == metric.Name) is { } cost ? CostJson.Of(cost) : null);
}

/// <summary>What the page needs to draw its first view without another request.</summary>
internal sealed record FirstViewJson(TickJson Tick, StateJson State, string? PreviousRun);
