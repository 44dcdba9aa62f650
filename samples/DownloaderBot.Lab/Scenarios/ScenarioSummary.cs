using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DownloaderBot.Scenarios;

/// <summary>What the watch reported, as text and as JSON. docs/sample-bot.md lists the JSON names, which must not change.</summary>
internal sealed class ScenarioSummary(ScenarioChoice choice, ScenarioFigures figures, ScenarioLeftovers leftovers)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,

        // Findings are read by people too.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Scenario = choice.Scenario.Name,
            choice.Minutes,
            figures.Usage.LimitBytes,
            LimitSource = figures.Usage.Source.ToString(),
            FloorBeforeBytes = figures.FloorBefore,
            PeakResidentBytes = figures.PeakResident,
            PeakUsedBytes = figures.PeakUsed,
            FloorAfterBytes = figures.FloorAfter,
            HeapBeforeBytes = figures.HeapBefore,
            HeapAfterBytes = figures.HeapAfter,
            Zones = figures.Zones.Select(z => z.ToString()),
            figures.Alerts,
            figures.Operations,
            figures.MetricMaxima,
            figures.Reliefs,
            ReliefFreedBytes = figures.ReliefFreed,
            FirstFinding = figures.Diagnoses.First,
            figures.Diagnoses.Findings,
            figures.Diagnoses.Leaks,
            LearnedCosts = figures.Diagnoses.Costs,
            figures.Diagnoses.Capacity,
            figures.MissedEntries,
            Leftovers = leftovers,
        },
        Format);

    public override string ToString()
    {
        var text = new StringBuilder();
        Line($"Summary of {choice.Scenario.Name}, {choice.Minutes} min, limit {Size(figures.Usage.LimitBytes)} ({figures.Usage.Source})");
        Line($"  Memory: {Size(figures.FloorBefore)} before, {Size(figures.PeakResident)} at most, {Size(figures.FloorAfter)} after; used of the limit: {Size(figures.PeakUsed)} at most");
        Line($"  Heap: {Size(figures.HeapBefore)} before, {Size(figures.HeapAfter)} after");
        Line($"  Zones: {string.Join(" -> ", figures.Zones)}");
        Line($"  Alerts: {List(figures.Alerts.Select(a => $"{a.Key} {a.Value}"))}; relief steps: {figures.Reliefs}, {Size(figures.ReliefFreed)} freed");
        foreach (var (name, counts) in figures.Operations)
        {
            Line($"  {name}: {counts.Completed} completed, {counts.Failed} failed, {counts.Cancelled} cancelled");
        }

        Line($"  Most of each: {List(figures.MetricMaxima.Select(m => $"{m.Key} {m.Value}"))}");
        Line($"  Findings: {List(figures.Diagnoses.Findings.Select(Name))}");
        if (figures.Diagnoses.First is { } first)
        {
            Line($"  First at the worst moment: {Name(first)}: {first.Text}");
        }

        Line($"  Leaks: {List(figures.Diagnoses.Leaks.Select(l => $"{l.Key} {l.Value.Verdict}{In(l.Value.Operation)}"))}");
        Line($"  Learned costs: {List(figures.Diagnoses.Costs.Select(c => $"{c.Key} {Size(c.Value.Bytes)} each, {Size(c.Value.LowBytes)} to {Size(c.Value.HighBytes)}, {c.Value.Changes} changes"))}");
        if (figures.Diagnoses.Capacity is { } capacity)
        {
            Line($"  Needed: {Size(capacity.NeededBytes)}, {Size(capacity.LowBytes)} to {Size(capacity.HighBytes)}{Most(capacity)}");
        }

        Line($"  Left behind: {leftovers.Files} files, {leftovers.Sessions} sessions, {leftovers.Waiting} waiting, {leftovers.Running} running, {leftovers.OperationsInFlight} operations in flight");
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
