namespace MemoryWatch.Tool.Live;

/// <summary>A reading as a line of JSON. Sizes are in bytes; a number that could not be read is null.</summary>
internal sealed record LiveRow(
    DateTimeOffset Time, double Seconds, MemoryZone Zone, LimitSource LimitSource, long? LimitBytes, long? UsedBytes, UsagePrecision Precision,
    double? SecondsToLimit, long? ResidentBytes, long? AnonymousBytes, long? FileBackedBytes, long? SharedBytes, long? SwappedBytes,
    long? ProportionalBytes, long? Threads, long? OpenFiles, double? Processors, int? OtherProcesses, int? Children)
{
    public string Kind { get; init; } = "reading";

    public static LiveRow Of(LiveReading reading)
    {
        var (snapshot, process) = (reading.Snapshot, reading.Snapshot.Process);
        return new(
            snapshot.Time, reading.At.TotalSeconds, snapshot.Zone, snapshot.Usage.Source, snapshot.Usage.LimitBytes, snapshot.Usage.UsedBytes,
            snapshot.Usage.Precision, snapshot.TimeToLimit?.Soonest.TotalSeconds, process.ResidentBytes, process.AnonymousBytes,
            process.FileBackedBytes, process.SharedBytes, process.SwappedBytes, reading.ProportionalBytes, reading.Threads, reading.OpenFiles,
            reading.Processors, snapshot.Container.OtherProcesses, reading.Neighborhood.Children);
    }
}
