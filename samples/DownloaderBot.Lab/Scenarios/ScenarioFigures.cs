using MemoryWatch;

namespace DownloaderBot.Scenarios;

/// <summary>Accumulates the figures. Not thread-safe.</summary>
internal sealed class ScenarioFigures
{
    public long? FloorBefore { get; private set; }

    public long? FloorAfter { get; private set; }

    public long? HeapBefore { get; private set; }

    public long? HeapAfter { get; private set; }

    public long? PeakResident { get; private set; }

    public long? PeakUsed { get; private set; }

    public MemoryUsage Usage { get; private set; }

    public long MissedEntries { get; set; }

    public List<MemoryZone> Zones { get; } = [];

    public SortedDictionary<string, int> Alerts { get; } = [];

    public SortedDictionary<string, long> MetricMaxima { get; } = [];

    public SortedDictionary<string, OutcomeCounts> Operations { get; } = [];

    public int Reliefs { get; private set; }

    public long ReliefFreed { get; private set; }

    public ScenarioDiagnoses Diagnoses { get; } = new();

    public void SetBefore(MemorySnapshot snapshot) =>
        (FloorBefore, HeapBefore) = (snapshot.Process.ResidentBytes, snapshot.Managed.HeapBytes);

    public void SetAfter(MemorySnapshot snapshot) =>
        (FloorAfter, HeapAfter) = (snapshot.Process.ResidentBytes, snapshot.Managed.HeapBytes);

    public void Add(MemorySnapshot snapshot)
    {
        Usage = snapshot.Usage;
        PeakResident = Highest(PeakResident, Highest(snapshot.Process.ResidentBytes, snapshot.PeakResidentBytes));
        PeakUsed = Highest(PeakUsed, snapshot.Usage.UsedBytes);
        if (Zones.Count == 0 || Zones[^1] != snapshot.Zone)
        {
            Zones.Add(snapshot.Zone);
        }

        foreach (var metric in snapshot.Metrics)
        {
            if (metric is { Value: { } value, Definition: var definition })
            {
                MetricMaxima[definition.Key] = Math.Max(value, MetricMaxima.GetValueOrDefault(definition.Key));
            }
        }
    }

    public void Add(in JournalEntry entry)
    {
        if (entry.Kind == JournalEntryKind.Ended)
        {
            Operations[entry.Name] = Operations.GetValueOrDefault(entry.Name).With(entry.Outcome);
        }
    }

    public void Add(MemoryAlert alert) => Alerts[alert.Kind] = Alerts.GetValueOrDefault(alert.Kind) + 1;

    public void Add(ReliefOutcome outcome)
    {
        Reliefs++;
        ReliefFreed += outcome.FreedBytes ?? 0;
    }

    private static long? Highest(long? one, long? other) => one is null || other > one ? other : one;
}

/// <summary>How many times an operation completed, failed and was canceled.</summary>
internal readonly record struct OutcomeCounts(int Completed, int Failed, int Cancelled)
{
    public OutcomeCounts With(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Failed => this with { Failed = Failed + 1 },
        OperationOutcome.Cancelled => this with { Cancelled = Cancelled + 1 },
        _ => this with { Completed = Completed + 1 },
    };
}
