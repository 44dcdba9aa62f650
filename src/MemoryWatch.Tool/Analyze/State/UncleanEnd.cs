using MemoryWatch.Tell;

namespace MemoryWatch.Tool.Analyze;

/// <summary>The end of a run without a clean end, to which the next start may add what it knows.</summary>
internal sealed class UncleanEnd(string source)
{
    public string Source => source;

    public string? LastLine { get; init; }

    public string? Verdict { get; set; }

    public List<string> Details { get; } = [];

    public MemoryZone? Zone { get; init; }

    public int InFlightCount { get; init; }

    public IReadOnlyList<InFlightReport> InFlight { get; init; } = [];

    public string? CompactLine { get; init; }

    /// <summary>What the compact line says.</summary>
    public CompactRecord? Compact { get; init; }

    public static UncleanEnd Of(Run run)
    {
        var record = run.CompactRecord is { } line
            ? CompactRecordReader.ReadAll(line).Where(read => read.State == CompactRecordState.Intact).Select(read => read.Record).FirstOrDefault()
            : null;
        return new(run.Source)
        {
            LastLine = LineTimes.Show(run.EndTime),
            Zone = run.Zones.Zone,
            InFlightCount = run.InFlight.Count,
            InFlight = run.ListInFlight(),
            CompactLine = record is null ? null : run.CompactRecord,
            Compact = record,
        };
    }

    public UncleanEndReport Report() => new()
    {
        Source = source,
        LastLine = LastLine,
        Verdict = Verdict,
        Details = Details,
        Zone = Zone,
        InFlightCount = InFlightCount,
        InFlight = InFlight,
        CompactLine = CompactLine,
        Compact = Compact,
    };
}
