namespace MemoryWatch.Tool.Analyze;

/// <summary>A spike while the lines below its title are read.</summary>
internal sealed class PendingSpike(
    long increaseBytes, LogTime? time, int inFlightCount, IReadOnlyList<InFlightReport> inFlight, IReadOnlyList<EntryReport> before)
{
    public string? Cause { get; set; }

    public string? Finding { get; set; }

    public SpikeReport Report(string source) => new()
    {
        Source = source,
        Time = LineTimes.Show(time),
        IncreaseBytes = increaseBytes,
        Cause = Cause,
        Finding = Finding,
        InFlightCount = inFlightCount,
        InFlight = inFlight,
        Before = before,
    };
}
