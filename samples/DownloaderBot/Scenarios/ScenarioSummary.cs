using System.Globalization;
using System.Text;
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
    long MissedEntries,
    ScenarioLeftovers Leftovers)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
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
        Line($"  Left behind: {Leftovers.Files} files, {Leftovers.Sessions} sessions, {Leftovers.Waiting} waiting, {Leftovers.Running} running, {Leftovers.OperationsInFlight} operations in flight");
        return text.ToString().TrimEnd();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Size(long? bytes) => bytes is { } known ? Text.Megabytes(known) : "n/a";

    private static string List(IEnumerable<string> items) => string.Join(", ", items.DefaultIfEmpty("none"));
}
