using MemoryWatch;

namespace DownloaderBot.Scenarios;

/// <summary>Accumulates what was diagnosed while a scenario ran. Not thread-safe.</summary>
internal sealed class ScenarioDiagnoses
{
    private readonly Dictionary<(FindingRule Rule, string? Subject), ScenarioFinding> _findings = [];
    private long _mostUsed = -1;

    /// <summary>Each finding once, with its worst text; the worst one first.</summary>
    public IEnumerable<ScenarioFinding> Findings =>
        _findings.OrderByDescending(f => f.Value.Severity).ThenBy(f => f.Key.Rule).Select(f => f.Value);

    /// <summary>What an operator reads first when it is worst: the first finding at the highest severity, and there with the most memory used.</summary>
    public ScenarioFinding? First { get; private set; }

    /// <summary>The worst verdict on each kind of memory, with the operation that it named last.</summary>
    public SortedDictionary<string, ScenarioLeak> Leaks { get; } = [];

    /// <summary>What each metric cost when the scenario ended, by its key.</summary>
    public SortedDictionary<string, ScenarioCost> Costs { get; } = [];

    public ScenarioCapacity? Capacity { get; private set; }

    /// <param name="diagnosis">The diagnosis of a reading.</param>
    /// <param name="usedBytes">The memory that was used then.</param>
    public void Add(MemoryDiagnosis diagnosis, long usedBytes)
    {
        foreach (var finding in diagnosis.Findings)
        {
            if (!_findings.TryGetValue((finding.Rule, finding.Subject), out var before) || finding.Severity >= before.Severity)
            {
                _findings[(finding.Rule, finding.Subject)] = ScenarioFinding.Of(finding);
            }
        }

        if (diagnosis.Findings is [var first, ..]
            && (First is null || first.Severity > First.Severity || (first.Severity == First.Severity && usedBytes > _mostUsed)))
        {
            (First, _mostUsed) = (ScenarioFinding.Of(first), usedBytes);
        }

        foreach (var leak in diagnosis.Leaks)
        {
            var track = leak.Track.ToString();
            if (!Leaks.TryGetValue(track, out var before) || leak.Verdict > before.Verdict)
            {
                Leaks[track] = new(leak.Verdict, leak.Operation);
            }
            else if (leak.Verdict == before.Verdict && leak.Operation is not null)
            {
                Leaks[track] = before with { Operation = leak.Operation };
            }
        }

        Costs.Clear();
        foreach (var cost in diagnosis.Costs)
        {
            Costs[cost.Metric.Key] = new(
                (long)cost.BytesPerUnit.Value, (long)cost.BytesPerUnit.Low, (long)cost.BytesPerUnit.High, cost.Changes);
        }

        Capacity = diagnosis.Capacity is { NeededBytes: var needed } capacity
            ? new((long)needed.Value, (long)needed.Low, (long)needed.High, capacity.Cost?.Metric.Key, capacity.MostUnits)
            : null;
    }
}

/// <summary>A finding; the text is that of the log, without <c>Finding:</c>.</summary>
internal sealed record ScenarioFinding(FindingRule Rule, string? Subject, AlertSeverity Severity, string Text)
{
    public static ScenarioFinding Of(MemoryFinding finding) => new(finding.Rule, finding.Subject, finding.Severity, finding.Describe());
}

internal sealed record ScenarioLeak(LeakVerdict Verdict, string? Operation);

internal sealed record ScenarioCost(long Bytes, long LowBytes, long HighBytes, int Changes);

internal sealed record ScenarioCapacity(long NeededBytes, long LowBytes, long HighBytes, string? Metric, long? MostUnits);
