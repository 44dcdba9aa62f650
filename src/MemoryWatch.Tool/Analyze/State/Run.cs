using MemoryWatch.Judge;

namespace MemoryWatch.Tool.Analyze;

/// <summary>One run of a process while its lines are read. It takes a bounded amount of memory.</summary>
internal sealed class Run(LogClock clock, string source, bool hasStart)
{
    private const int MostMetrics = 64;
    private const int MostShown = 5;
    private const int Kept = 16;

    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(10);

    private readonly List<MetricSeries> _metrics = [];
    private readonly List<(TimeSpan At, BudgetAlert Alert)> _budgets = [];
    private readonly LogTime? _start = clock.Now;
    private readonly TimeSpan _began = clock.Elapsed;
    private GrowthTrack? _growth;
    private LogTime? _end = clock.Now;
    private TimeSpan _ended = clock.Elapsed;

    public bool HasStart => hasStart;

    public string Source => source;

    public ZoneTimes Zones { get; } = new(clock.Elapsed, hasStart);

    public InFlightTable InFlight { get; } = new();

    public LastEntries Last { get; } = new();

    public string? CompactRecord { get; set; }

    public RunEnd Ended { get; set; } = RunEnd.LogEnds;

    /// <summary>Number of lines of the run.</summary>
    public long Lines { get; private set; }

    public long? LimitBytes { get; private set; }

    public LimitSource LimitSource { get; private set; }

    public LogTime? EndTime => _end;

    /// <summary>Notes that the run has written a line.</summary>
    public void Touch()
    {
        Lines++;
        (_end, _ended) = (clock.Now, clock.Elapsed);
    }

    public void Limit(long bytes, LimitSource limitSource) => (LimitBytes, LimitSource) = (bytes, limitSource);

    /// <summary>Takes a snapshot, and applies the rules.</summary>
    public void Take(SnapshotLines lines, FindingCollector findings)
    {
        var now = clock.Elapsed;
        for (var i = 0; i < lines.Count; i++)
            Metric(lines.NameOf(i))?.Keep(lines.ValueOf(i), clock.Now, now);
        if (lines.ResidentBytes is { } resident)
        {
            // A limit of the machine is shared with other programs.
            _growth ??= new(LimitSource is LimitSource.Container or LimitSource.Setting or LimitSource.Throttling && LimitBytes > 0 ? LimitBytes : null);
            _growth.Add((now - _began).TotalSeconds, resident, _metrics);
        }

        findings.Judge(Facts(lines, now), clock.Now);
    }

    public void Over(ReadOnlySpan<byte> metric, long value, long maximum) => Metric(metric)?.Over(value, maximum, clock.Now);

    public void Budget(BudgetAlert alert)
    {
        if (_budgets.Count == Kept)
            _budgets.RemoveAt(0);
        _budgets.Add((clock.Elapsed, alert));
    }

    public IReadOnlyList<InFlightReport> ListInFlight() => InFlight.List(clock.Elapsed, MostShown);

    public RunReport Report()
    {
        var hasTimes = clock.Now is not null;
        var (zones, unknown) = Zones.Report(_ended, hasTimes);
        return new()
        {
            Source = source,
            Start = LineTimes.Show(_start),
            End = LineTimes.Show(_end),
            HasStart = hasStart,
            Ended = Ended,
            Seconds = hasTimes ? (_ended - _began).TotalSeconds : null,
            LimitBytes = LimitBytes,
            LimitSource = LimitBytes is null || LimitSource == LimitSource.None ? null : LimitSource.ToString(),
            Zones = zones,
            UnknownZoneSeconds = unknown,
            Growth = (_growth ?? new(null)).Report(),
            Metrics =
            [
                .. _metrics.Select(metric => new MetricReport(
                    metric.Name, metric.Readings, metric.Last, metric.Highest, LineTimes.Show(metric.HighestAt), metric.Maximum, metric.TimesOver)),
            ],
        };
    }

    private MetricSeries? Metric(ReadOnlySpan<byte> name)
    {
        foreach (var metric in _metrics)
        {
            if (metric.Is(name))
                return metric;
        }

        if (_metrics.Count == MostMetrics)
            return null;

        var added = new MetricSeries(name);
        _metrics.Add(added);
        return added;
    }

    private FindingFacts Facts(SnapshotLines lines, TimeSpan now)
    {
        var used = LimitBytes - lines.AvailableBytes;
        var snapshot = new MemorySnapshot
        {
            Zone = Zones.Zone ?? MemoryZone.Healthy,
            Usage = new() { UsedBytes = used >= 0 ? used : null, LimitBytes = LimitBytes, Source = LimitSource },
        };
        var trends = new List<MetricTrend>(_metrics.Count);
        var (threads, openFiles) = ((MetricTrend?)null, (MetricTrend?)null);
        foreach (var metric in _metrics)
        {
            if (metric.At(now) is not { } trend)
                continue;
            if (!metric.IsOwn)
                trends.Add(trend);
            else if (metric.Name == "Threads")
                threads = trend;
            else
                openFiles = trend;
        }

        return new(snapshot, FindingInputs.None)
        {
            Watched = now - _began,
            Metrics = trends,
            Threads = threads,
            OpenFiles = openFiles,
            Budgets = _budgets.Count == 0 ? [] : [.. _budgets.Where(pair => now - pair.At <= Lately).Select(pair => pair.Alert)],
        };
    }
}
