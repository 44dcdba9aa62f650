namespace MemoryWatch.Judge;

/// <summary>Judges the rows of a recorded series, one track for each memory column, and keeps the worst verdict of each.</summary>
internal sealed class TraceJudge
{
    public const string MemoryColumns = "rss_mb, heap_live_mb and native_mb";

    private const double Megabyte = 1024 * 1024;

    private readonly long? _limit;
    private readonly int[] _metrics;
    private readonly double[] _loads;
    private readonly List<Track> _tracks = [];
    private double? _first;
    private double _last;

    /// <param name="columns">The names of the columns.</param>
    /// <param name="limitBytes">The limit, in bytes; <see langword="null"/> if there is none.</param>
    public TraceJudge(string[] columns, long? limitBytes)
    {
        _limit = limitBytes;
        _metrics = [.. Enumerable.Range(0, columns.Length)
            .Where(i => !IsMemory(columns[i]) && columns[i] != TraceReader.Time).Take(LoadNames.MostMetrics)];
        _loads = new double[_metrics.Length];
        var load = LoadNames.Of(_metrics.Select(i => new MetricDefinition(columns[i])));
        for (var i = 0; i < columns.Length; i++)
        {
            if (TrackOf(columns[i]) is { } track)
            {
                _tracks.Add(new(i, new(track, load)));
            }
        }
    }

    public static bool IsMemory(string column) => TrackOf(column) is not null;

    /// <summary>Adds a row.</summary>
    /// <param name="seconds">Its time, in seconds.</param>
    /// <param name="cells">A number for each column; not a number if it is unknown.</param>
    public void Add(double seconds, ReadOnlySpan<double> cells)
    {
        _first ??= seconds;
        _last = seconds;
        for (var i = 0; i < _metrics.Length; i++)
        {
            _loads[i] = cells[_metrics[i]];
        }

        foreach (var track in _tracks)
        {
            if (double.IsFinite(cells[track.Column]))
            {
                track.Add(seconds - _first.Value, cells[track.Column] * Megabyte, _loads, _limit);
            }
        }
    }

    public MemoryTraceReport Report(long rows, long skipped, IReadOnlyList<long> skippedLines) => new()
    {
        RowCount = rows,
        SkippedRowCount = skipped,
        SkippedLines = skippedLines,
        Length = TimeSpan.FromSeconds(_last - (_first ?? _last)),
        Verdicts = [.. _tracks.Select(static track => track.Verdict)],
    };

    private static LeakTrack? TrackOf(string column) => column switch
    {
        "rss_mb" => LeakTrack.Resident,
        "heap_live_mb" => LeakTrack.Managed,
        "native_mb" => LeakTrack.Native,
        _ => null,
    };

    private sealed class Track(int column, LeakCourse course)
    {
        private LeakAssessment _last = course.Judge(null);
        private LeakAssessment? _worst;
        private TimeSpan _worstAt;
        private TimeSpan? _suspectedAt;
        private TimeSpan? _leakingAt;

        public int Column => column;

        public MemoryTraceVerdict Verdict => new(_worst ?? _last, _worstAt, _last) { SuspectedAt = _suspectedAt, LeakingAt = _leakingAt };

        public void Add(double seconds, double bytes, ReadOnlySpan<double> loads, long? limit)
        {
            // A series does not tell what was in flight; its metrics stand for the load.
            if (!course.Add(seconds, bytes, loads, isIdle: true))
            {
                return;
            }

            _last = course.Judge(limit is { } known ? new LeakLimit(LimitSource.Setting, known, Math.Max(0, known - bytes)) : null);
            var now = TimeSpan.FromSeconds(seconds);
            if (_worst is null || _last.Verdict > _worst.Verdict)
            {
                (_worst, _worstAt) = (_last, now);
            }

            _suspectedAt ??= _last.Verdict >= LeakVerdict.Suspected ? now : null;
            _leakingAt ??= _last.Verdict == LeakVerdict.Leaking ? now : null;
        }
    }
}
