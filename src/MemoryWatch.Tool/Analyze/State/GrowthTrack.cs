using MemoryWatch.Judge;

namespace MemoryWatch.Tool.Analyze;

/// <summary>The resident memory of one run, judged by the library's own leak judge, with the metrics of the program as its load.</summary>
internal sealed class GrowthTrack(long? limitBytes)
{
    private const double Megabyte = 1 << 20;

    private TraceJudge? _judge;
    private List<MetricSeries> _metrics = [];
    private double[] _cells = [];
    private long _readings;
    private double _last = -1;
    private long? _firstBytes;
    private long? _lastBytes;
    private long? _highestBytes;

    /// <summary>Takes a snapshot.</summary>
    /// <param name="seconds">Its time.</param>
    /// <param name="residentBytes">The memory.</param>
    /// <param name="metrics">The metrics of the run, with their values in this snapshot.</param>
    public void Add(double seconds, long residentBytes, IReadOnlyList<MetricSeries> metrics)
    {
        _firstBytes ??= residentBytes;
        (_lastBytes, _highestBytes) = (residentBytes, Math.Max(_highestBytes ?? 0, residentBytes));
        _readings++;

        // Several alerts of a moment have a snapshot each, and without times there is no course.
        if (seconds <= _last)
            return;

        _last = seconds;
        _judge ??= Create(metrics);
        (_cells[0], _cells[1]) = (seconds, residentBytes / Megabyte);
        for (var i = 0; i < _metrics.Count; i++)
            _cells[i + 2] = _metrics[i].Last is { } value ? value : double.NaN;
        _judge.Add(seconds, _cells);
    }

    public GrowthReport Report()
    {
        var final = _judge?.Report(_readings, 0, []).Verdicts[0].Final;
        var worst = _judge?.Report(_readings, 0, []).Verdicts[0].Worst;
        return new()
        {
            Readings = _readings,
            Verdict = final?.Verdict ?? LeakVerdict.Unknown,
            HeldBackBy = final?.HeldBackBy ?? LeakGate.NotReadable,
            BytesPerHour = final?.BytesPerHour,
            LimitSeconds = final?.TimeToLimit?.Soonest.TotalSeconds,
            LimitLatestSeconds = final?.TimeToLimit?.Latest?.TotalSeconds,
            WorstVerdict = worst?.Verdict ?? LeakVerdict.Unknown,
            FirstResidentBytes = _firstBytes,
            LastResidentBytes = _lastBytes,
            HighestResidentBytes = _highestBytes,
            Assessment = final,
        };
    }

    private TraceJudge Create(IReadOnlyList<MetricSeries> metrics)
    {
        _metrics = [.. metrics.Where(metric => !metric.IsOwn && !TraceJudge.IsMemory(metric.Name) && metric.Name != TraceReader.Time).Take(LoadNames.MostMetrics)];
        _cells = new double[_metrics.Count + 2];
        return new([TraceReader.Time, "rss_mb", .. _metrics.Select(metric => metric.Name)], limitBytes);
    }
}
