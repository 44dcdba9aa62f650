using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DownloaderBot.Scenarios;

/// <summary>What the watch reported, as text and as JSON. docs/sample-bot.md lists the JSON names, which must not change.</summary>
internal sealed record ScenarioSummary(
    string Scenario,
    double Minutes,
    long? LimitBytes,
    string LimitSource,
    long? FloorBeforeBytes,
    long? PeakResidentBytes,
    long? PeakUsedBytes,
    long? FloorAfterBytes,
    long? HeapBeforeBytes,
    long? HeapAfterBytes,
    IReadOnlyList<string> Zones,
    IReadOnlyDictionary<string, int> Alerts,
    IReadOnlyDictionary<string, OutcomeCounts> Operations,
    IReadOnlyDictionary<string, long> MetricMaxima,
    int Reliefs,
    long ReliefFreedBytes,
    ScenarioFinding? FirstFinding,
    IReadOnlyList<ScenarioFinding> Findings,
    IReadOnlyDictionary<string, ScenarioLeak> Leaks,
    IReadOnlyDictionary<string, ScenarioCost> LearnedCosts,
    ScenarioCapacity? Capacity,
    long MissedEntries,
    ScenarioLeftovers Leftovers)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,

        // Findings are read by people too.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ScenarioSummary Of(ScenarioChoice choice, ScenarioFigures figures, ScenarioLeftovers leftovers) => new(
        choice.Scenario.Name,
        choice.Minutes,
        figures.Usage.LimitBytes,
        figures.Usage.Source.ToString(),
        figures.FloorBefore,
        figures.PeakResident,
        figures.PeakUsed,
        figures.FloorAfter,
        figures.HeapBefore,
        figures.HeapAfter,
        [.. figures.Zones.Select(z => z.ToString())],
        figures.Alerts,
        figures.Operations,
        figures.MetricMaxima,
        figures.Reliefs,
        figures.ReliefFreed,
        figures.Diagnoses.First,
        [.. figures.Diagnoses.Findings],
        figures.Diagnoses.Leaks,
        figures.Diagnoses.Costs,
        figures.Diagnoses.Capacity,
        figures.MissedEntries,
        leftovers);

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    public override string ToString()
    {
        var text = new StringBuilder();
        Line($"Summary of {Scenario}, {Minutes} min, limit {Size(LimitBytes)} ({LimitSource})");
        Line($"  Memory: {Size(FloorBeforeBytes)} before, {Size(PeakResidentBytes)} at most, {Size(FloorAfterBytes)} after; used of the limit: {Size(PeakUsedBytes)} at most");
        Line($"  Heap: {Size(HeapBeforeBytes)} before, {Size(HeapAfterBytes)} after");
        Line($"  Zones: {string.Join(" -> ", Zones)}");
        Line($"  Alerts: {List(Alerts.Select(a => $"{a.Key} {a.Value}"))}; collections forced: {Reliefs}, {Size(ReliefFreedBytes)} freed");
        foreach (var (name, counts) in Operations)
        {
            Line($"  {name}: {counts.Completed} completed, {counts.Failed} failed, {counts.Cancelled} cancelled");
        }

        Line($"  Most of each: {List(MetricMaxima.Select(m => $"{m.Key} {m.Value}"))}");
        Line($"  Findings: {List(Findings.Select(Name))}");
        if (FirstFinding is { } first)
        {
            Line($"  First at the worst moment: {Name(first)}: {first.Text}");
        }

        Line($"  Leaks: {List(Leaks.Select(l => $"{l.Key} {l.Value.Verdict}{In(l.Value.Operation)}"))}");
        Line($"  Learned costs: {List(LearnedCosts.Select(c => $"{c.Key} {Size(c.Value.Bytes)} each, {Size(c.Value.LowBytes)} to {Size(c.Value.HighBytes)}, {c.Value.Changes} changes"))}");
        if (Capacity is { } capacity)
        {
            Line($"  Needed: {Size(capacity.NeededBytes)}, {Size(capacity.LowBytes)} to {Size(capacity.HighBytes)}{Most(capacity)}");
        }

        Line($"  Left behind: {Leftovers.Files} files, {Leftovers.Sessions} sessions, {Leftovers.Waiting} waiting, {Leftovers.Running} running, {Leftovers.OperationsInFlight} operations in flight");
        return text.ToString().TrimEnd();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Name(ScenarioFinding finding) => $"{finding.Rule}{In(finding.Subject)}";

    private static string In(string? subject) => subject is null ? string.Empty : $" ({subject})";

    private static string Most(ScenarioCapacity capacity) => capacity.MostUnits is { } most
        ? string.Create(CultureInfo.InvariantCulture, $"; the limit has room for {most} {capacity.Metric}")
        : string.Empty;

    private static string Size(long? bytes) => bytes is { } known ? Text.Megabytes(known) : "n/a";

    private static string List(IEnumerable<string> items) => string.Join(", ", items.DefaultIfEmpty("none"));
}
