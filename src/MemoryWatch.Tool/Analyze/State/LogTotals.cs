namespace MemoryWatch.Tool.Analyze;

/// <summary>What all processes of a log add up to. Lists are bounded, and what does not fit in them is counted.</summary>
internal sealed class LogTotals
{
    public const int MostRuns = 100;
    public const int MostSpikes = 100;
    public const int MostEnds = 100;

    private readonly long[] _titles = new long[Enum.GetValues<TitleKind>().Length];
    private readonly List<RunReport> _runs = [];
    private readonly List<SpikeReport> _spikes = [];
    private readonly List<UncleanEnd> _ends = [];

    public OperationTable Operations { get; } = new();

    public FindingCollector Findings { get; } = new();

    public IReadOnlyList<RunReport> Runs => _runs;

    public long RunCount { get; private set; }

    public IReadOnlyList<SpikeReport> Spikes => _spikes;

    public long SpikeCount { get; private set; }

    public IReadOnlyList<UncleanEnd> Ends => _ends;

    public long EndCount { get; private set; }

    public long LostInFlight { get; private set; }

    /// <summary>Number of relief steps, and what they freed.</summary>
    public (long Count, long FreedBytes) Reliefs { get; private set; }

    public void Count(TitleKind kind) => _titles[(int)kind]++;

    public long CountOf(TitleKind kind) => _titles[(int)kind];

    public void Add(Run run)
    {
        RunCount++;
        LostInFlight += run.InFlight.Lost;
        if (_runs.Count < MostRuns)
            _runs.Add(run.Report());
    }

    public void Spike(PendingSpike spike, string source)
    {
        SpikeCount++;
        if (_spikes.Count < MostSpikes)
            _spikes.Add(spike.Report(source));
    }

    public void Unclean(UncleanEnd end)
    {
        EndCount++;
        if (_ends.Count == MostEnds)
            _ends.RemoveAt(0);
        _ends.Add(end);
    }

    /// <summary>Keeps what a later start reports of an end.</summary>
    /// <param name="end">The end, if the log shows it.</param>
    /// <param name="source">The process.</param>
    /// <param name="verdict">The verdict.</param>
    public UncleanEnd Explain(UncleanEnd? end, string source, string verdict)
    {
        if (end is null)
            Unclean(end = new(source));
        end.Verdict = verdict;
        return end;
    }

    public void Relief(long beforeBytes, long afterBytes) =>
        Reliefs = (Reliefs.Count + 1, Reliefs.FreedBytes + Math.Max(0, beforeBytes - afterBytes));
}
