namespace MemoryWatch.AspNetCore.Page.Json;

/// <summary>What <c>/memory/findings</c> answers.</summary>
internal sealed record FindingsJson(
    DateTimeOffset Time, MemoryZone Zone, string Headline, FindingJson[] Findings, LeakJson[] Leaks, CostJson[] Costs, CapacityJson? Capacity)
{
    public static FindingsJson Of(MemorySnapshot snapshot, MemoryDiagnosis diagnosis, string headline) => new(
        diagnosis.Time,
        snapshot.Zone,
        headline,
        [.. diagnosis.Findings.Select(FindingJson.Of)],
        [.. diagnosis.Leaks.Select(LeakJson.Of)],
        [.. diagnosis.Costs.Select(CostJson.Of)],
        CapacityJson.Of(diagnosis.Capacity));
}

internal sealed record FindingJson(FindingRule Rule, AlertSeverity Severity, string? Subject, string Text, NumberJson[] Evidence)
{
    public static FindingJson Of(MemoryFinding finding) => new(
        finding.Rule, finding.Severity, finding.Subject, finding.Describe(),
        [.. finding.Evidence.Select(n => new NumberJson(n.Name, n.Value, n.Unit))]);
}

internal sealed record NumberJson(string Name, double Value, FindingUnit Unit);

internal sealed record LeakJson(LeakTrack Track, LeakVerdict Verdict, double? BytesPerHour, string Text)
{
    public static LeakJson Of(LeakAssessment leak) => new(leak.Track, leak.Verdict, leak.BytesPerHour?.Value, leak.Describe());
}

internal sealed record CostJson(string Metric, double BytesPerUnit, double LowBytesPerUnit, double HighBytesPerUnit, int Changes)
{
    public static CostJson Of(MetricCost cost) =>
        new(cost.Metric.Name, cost.BytesPerUnit.Value, cost.BytesPerUnit.Low, cost.BytesPerUnit.High, cost.Changes);
}

internal sealed record CapacityJson(double NeededBytes, double LowNeededBytes, double HighNeededBytes, long LimitBytes, bool IsTooSmall)
{
    public static CapacityJson? Of(CapacityEstimate? capacity) => capacity is null
        ? null
        : new(capacity.NeededBytes.Value, capacity.NeededBytes.Low, capacity.NeededBytes.High, capacity.LimitBytes, capacity.IsTooSmall);
}
