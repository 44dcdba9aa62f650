using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// Learns from each tick what findings rest on, and diagnoses the last one. The watch thread adds ticks, and any thread may ask: a lock is held for
/// the time of a tick's bookkeeping, or of one diagnosis, which is computed once for each tick at most. It takes constant memory and allocates
/// nothing in a tick without a diagnosis.
/// </summary>
/// <remarks>
/// <code>
/// tick ─► costs, retention, trends, pauses, recent alerts ─► facts ─► rules (<see cref="FindingJudge"/>) ─► diagnosis
/// </code>
/// </remarks>
internal sealed class FindingHistory
{
    // More ticks than this are asked for while something happens; they are too near to each other to be levels.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);

    // The runtime and the program's start take native memory once.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(1);
    private const int MostInFlight = 16;

    private readonly object _lock = new();
    private readonly OperationStore _operations;
    private readonly bool _isMetered;
    private readonly TimeProvider _time;
    private readonly ForwardClock _clock;
    private readonly IReadOnlyList<MetricDefinition> _metrics;
    private readonly int _own;
    private readonly TrendKeeper[] _trends;
    private readonly CostLearner _costs;
    private readonly LoadHistory _load;
    private readonly RetentionLearner _retention;
    private readonly PauseShare _pauses = new();
    private readonly RecentEvents _events = new();
    private FindingInputs _inputs = FindingInputs.None;
    private TickReport? _report;
    private MemoryDiagnosis? _diagnosis;
    private TimeSpan? _began;
    private TimeSpan? _keptAt;
    private TimeSpan _now;
    private long? _lowestNative;

    /// <param name="operations">The store of operations.</param>
    /// <param name="isMetered">Whether operations are charged with what they allocate.</param>
    /// <param name="metrics">The metrics of each snapshot: the application's, then the number of threads, then that of open files.</param>
    /// <param name="own">Number of the watch's own metrics at the end.</param>
    /// <param name="time">The clock.</param>
    public FindingHistory(OperationStore operations, bool isMetered, IReadOnlyList<MetricDefinition> metrics, int own, TimeProvider time)
    {
        (_operations, _isMetered, _metrics, _own, _time, _clock) = (operations, isMetered, metrics, own, time, new(time));
        _trends = [.. metrics.Select(metric => new TrendKeeper(metric))];
        var count = metrics.Count - own;
        (_costs, _load, _retention) = (new(count), new(count), new(count));
    }

    /// <summary>What is known since the start; each tick brings the rest. Any thread may replace it.</summary>
    public FindingInputs Inputs
    {
        get
        {
            lock (_lock)
            {
                return _inputs;
            }
        }

        set
        {
            lock (_lock)
            {
                (_inputs, _diagnosis) = (value, null);
            }
        }
    }

    /// <summary>Takes a tick.</summary>
    /// <returns>The report, with a diagnosis if the log tells it with an alert or the periodic check.</returns>
    public TickReport Keep(TickReport report)
    {
        lock (_lock)
        {
            (_report, _diagnosis, _now) = (report, null, _clock.Read());
            _began ??= _now;
            foreach (var alert in report.Alerts)
            {
                _events.Keep(alert, report.Snapshot, _now);
            }

            if (report.Snapshot.Metrics.Count == _metrics.Count && !(_now - _keptAt < Shortest))
            {
                _keptAt = _now;
                Learn(report.Snapshot);
            }
        }

        return report.Check is not null || Array.Exists(report.Alerts, static alert => alert.NeedsDiagnosis)
            ? report.With(Diagnose())
            : report;
    }

    /// <summary>Takes the outcome of a relief step that memory was high for.</summary>
    public void Keep(ReliefOutcome outcome)
    {
        lock (_lock)
        {
            _events.Keep(outcome, _now);
        }
    }

    /// <summary>The diagnosis of the last tick; empty before the first one.</summary>
    public MemoryDiagnosis Diagnose()
    {
        lock (_lock)
        {
            return _report is null ? MemoryDiagnosis.Empty : _diagnosis ??= FindingJudge.Judge(Facts(_report));
        }
    }

    private void Learn(MemorySnapshot snapshot)
    {
        for (var i = 0; i < _trends.Length; i++)
        {
            _trends[i].Keep(snapshot.Metrics[i].Value, _now);
        }

        _pauses.Keep(snapshot.Managed.TotalPause, _now);
        _retention.Keep(snapshot, _operations.Totals.All);
        if (Footprint.Bytes(snapshot) is { } bytes)
        {
            _costs.Keep(bytes, snapshot.Metrics, snapshot.Managed.Generation2Collections);
        }

        if (_now - _began >= WarmUp && Footprint.NativeBytes(snapshot) is { } native)
        {
            _lowestNative = Math.Min(_lowestNative ?? long.MaxValue, native);
        }

        if (snapshot.Usage.LeastUsedBytes is { } used)
        {
            // What the GC holds free is not needed.
            var (heap, committed) = (snapshot.Managed.HeapBytes ?? 0, snapshot.Managed.CommittedBytes ?? 0);
            _load.Keep(
                Math.Max(0, used - Math.Max(0, committed - heap)), heap, snapshot.Metrics, snapshot.Managed.Generation2Collections);
        }
    }

    private FindingFacts Facts(TickReport report)
    {
        var snapshot = report.Snapshot;
        var inputs = _inputs with
        {
            Leaks = report.Leaks,
            TimeToLimit = snapshot.TimeToLimit,
            NativeHeap = snapshot.NativeHeap,
            Processes = snapshot.ContainerProcesses?.Largest,
            Uncollected = report.Uncollected,
        };
        var count = _metrics.Count - _own;
        var costs = CostFit.Costs(_metrics, _costs);
        var isLeaking = report.Leaks.Any(leak => leak.Verdict >= LeakVerdict.Suspected);
        return new(snapshot, inputs)
        {
            Watched = _now - (_began ?? _now),
            IsMetered = _isMetered,
            Metrics = [.. _trends.Take(count).Select(trend => trend.At(_now)).OfType<MetricTrend>()],
            Threads = _own > 0 ? _trends[count].At(_now) : null,
            OpenFiles = _own > 1 ? _trends[count + 1].At(_now) : null,
            Costs = costs,

            // What leaks is no load.
            Capacity = isLeaking ? null : CapacityJudge.Judge(_load, _metrics, costs, snapshot),
            Retained = _retention.Retained(),
            RetentionFloors = _retention.Floors,
            InFlight = [.. _operations.InFlight.Oldest(MostInFlight).Select(Describe)],
            Forgotten = Forgotten(),
            Spike = _events.Spike(_now),
            Budgets = _events.Budgets(_now),
            Collections = _events.Collections(_now),
            Thrashing = _events.Thrashing(_now),
            PauseFraction = _pauses.Fraction,
            LowestNativeBytes = _lowestNative,
        };
    }

    private OperationAge Describe(Operation operation)
    {
        var (ended, usual) = operation.Statistics.ReadDuration();
        return new(operation.Statistics.Name, _time.GetAge(operation.StartTimestamp), usual, ended);
    }

    private List<OldOperations> Forgotten()
    {
        var forgotten = new List<OldOperations>();
        foreach (var statistics in _operations.Totals.All)
        {
            if (statistics.Old > 0)
            {
                forgotten.Add(new(statistics.Name, statistics.Old));
            }
        }

        return forgotten;
    }
}
