using MemoryWatch.Judge;

namespace MemoryWatch.Tool.Live;

/// <summary>What was seen from the first reading to the last.</summary>
internal sealed class LiveSummary
{
    private const double Megabyte = 1024 * 1024;

    private readonly TraceJudge _judge;
    private readonly double[] _cells = new double[2];

    /// <param name="limit">The limit that the user gave, in bytes; <see langword="null"/> if there is none.</param>
    public LiveSummary(long? limit) => _judge = new(TraceFile.Columns, limit);

    public long Readings { get; private set; }

    public TimeSpan Length { get; private set; }

    public long? LeastBytes { get; private set; }

    public long? MostBytes { get; private set; }

    public long? FirstBytes { get; private set; }

    public long? LastBytes { get; private set; }

    public MemoryZone WorstZone { get; private set; }

    /// <summary>Whether resident memory leaks; the verdict at the end.</summary>
    public LeakAssessment Leak => _judge.Report(Readings, 0, []).Verdicts[0].Final;

    public void Add(LiveReading reading)
    {
        Readings++;
        Length = reading.At;
        WorstZone = reading.Snapshot.Zone > WorstZone ? reading.Snapshot.Zone : WorstZone;
        var resident = reading.Snapshot.Process.ResidentBytes;
        (_cells[0], _cells[1]) = (reading.At.TotalSeconds, resident / Megabyte ?? double.NaN);
        _judge.Add(_cells[0], _cells);
        if (resident is { } bytes)
        {
            FirstBytes ??= bytes;
            LastBytes = bytes;
            LeastBytes = Math.Min(bytes, LeastBytes ?? bytes);
            MostBytes = Math.Max(bytes, MostBytes ?? bytes);
        }
    }
}
