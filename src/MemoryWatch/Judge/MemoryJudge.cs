using MemoryWatch.Guard;
using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// Judges a reading: sets the snapshot's zone, passes it to the detectors, and finds why memory grew. It returns typed results, and the tell
/// layer formats them as text. Used by the watch thread only.
/// </summary>
/// <remarks>
/// <code>
/// snapshot ─► zone ─► built-in detectors, then the application's ─► likely causes ─► operations that grew or exceeded their budget ─► report
/// </code>
/// <see cref="CauseFinder"/> finds causes in a history of readings. Each snapshot is added to it last, so growth never begins at its own snapshot.
/// </remarks>
internal sealed class MemoryJudge
{
    private const string PeriodicCheck = "Periodic Check";

    private readonly OperationStore _operations;
    private readonly TimeProvider _time;
    private readonly bool _isMetered;
    private readonly HighMemoryDetector _high = new();
    private readonly SpikeDetector _spike;
    private readonly IDetector[] _builtIn;
    private readonly GuardedDetector[] _users;
    private readonly PluginRunner _runner;
    private readonly GrowthJudge _growth;
    private readonly BudgetJudge _budgets;
    private readonly ForgottenJudge _forgotten;
    private readonly CauseFinder _causes;
    private readonly LimitForecast _forecast;
    private readonly UncollectedJudge _uncollected;
    private readonly LeakTracker _leaks;
    private readonly ForwardClock _clock;
    private readonly List<MemoryAlert> _alerts = [];
    private ZoneJudgement _judgement;

    /// <param name="operations">The store of operations.</param>
    /// <param name="isMetered">Whether operations are charged with what they allocate.</param>
    /// <param name="metrics">The metrics of each snapshot.</param>
    /// <param name="users">The application's detectors.</param>
    /// <param name="runner">Calls the application's detectors.</param>
    /// <param name="time">The clock.</param>
    /// <param name="processAge">Age of the process; <see langword="null"/> if it is unknown.</param>
    /// <param name="expected">The objects that the application expects to be collected; none if <see langword="null"/>.</param>
    public MemoryJudge(
        OperationStore operations, bool isMetered, IReadOnlyList<MetricDefinition> metrics, IMemoryDetector[] users, PluginRunner runner,
        TimeProvider time, TimeSpan? processAge = null, ExpectedObjects? expected = null)
    {
        (_operations, _isMetered, _runner, _time) = (operations, isMetered, runner, time);
        _spike = new(time, processAge, new LargestOperation(operations).Bytes);
        _builtIn =
        [
            _high, _spike, new ThrashingDetector(time), new ThrottlingDetector(), new HeldHeapDetector(time), new OutOfMemoryDetector(time),
            .. MetricMaximumDetector.For(metrics),
        ];
        _users = Array.ConvertAll(users, detector => new GuardedDetector(detector));
        _growth = new(operations, time);
        _budgets = new(operations);
        _forgotten = new(operations, time);
        _causes = new(operations, isMetered, time);
        _forecast = new(time);
        _uncollected = new(expected ?? new(time));
        _leaks = new(operations, metrics);
        _clock = new(time);
    }

    /// <summary>Seconds to the nearer limit at the pace of the last one to two seconds; infinity if memory does not grow.</summary>
    public double SecondsAtPace => _forecast.SecondsAtPace;

    /// <summary>Keeps a reading from before the first tick, from which later growth is measured.</summary>
    public void Begin(MemorySnapshot first, JudgeSettings settings) => _causes.Keep(first, settings.SpikeWindow);

    /// <param name="snapshot">Snapshot of this tick.</param>
    /// <param name="settings">The thresholds in force.</param>
    /// <param name="isCheck">Whether the periodic check is due.</param>
    /// <param name="collections">The GC report; <see langword="null"/> if it is not due.</param>
    public TickReport Judge(MemorySnapshot snapshot, JudgeSettings settings, bool isCheck = false, CollectionReport? collections = null)
    {
        var before = _judgement.Zone;
        _judgement = Zones.Next(_judgement, snapshot, settings);
        _alerts.Clear();
        snapshot.Judged(_judgement, _forecast.Next(snapshot));
        Add(_judgement.Zone == before ? null : new ZoneAlert(_judgement.Zone, before, snapshot.Governing)
        {
            TimeToLimit = _judgement.Zone > before ? snapshot.TimeToLimit : null,
        });
        Detect(snapshot, settings);
        Explain(snapshot, settings);
        JudgeOperations(snapshot, settings);
        _leaks.Keep(snapshot, _clock.Read(), _alerts);
        _causes.Keep(snapshot, settings.SpikeWindow);
        return new(snapshot, _alerts.Count == 0 ? [] : [.. _alerts], _high.IsHigh)
        {
            Check = isCheck ? snapshot.As(SnapshotTrigger.Periodic, PeriodicCheck) : null,
            Collections = collections,
            LongOperations = isCheck || _alerts.Exists(static alert => alert.Severity > AlertSeverity.Information)
                ? FindLongOperations(settings)
                : [],
            LongOperation = settings.LongOperationAge,
            Leaks = _leaks.Assessments,
            Uncollected = _uncollected.Overdue,
            SinceCollection = _leaks.SinceCollection,
            IsAboveTarget = ReliefTarget.IsAbove(snapshot, settings) ?? _high.IsHigh,
        };
    }

    private void Detect(MemorySnapshot snapshot, JudgeSettings settings)
    {
        foreach (var detector in _builtIn)
        {
            Add(detector.Inspect(snapshot, settings));
        }

        foreach (var detector in _users)
        {
            detector.Show(snapshot);
        }

        _runner.Run(_users);
        foreach (var detector in _users)
        {
            Add(detector.Alert);
        }
    }

    /// <summary>
    /// Adds the likely cause to alerts about high or growing memory: to those about this process that of its growth, to those about a limit that of
    /// used memory. Alerts of one kind share it.
    /// </summary>
    private void Explain(MemorySnapshot snapshot, JudgeSettings settings)
    {
        (MemoryCause? Cause, NoCauseReason Reason)? process = null;
        (MemoryCause? Cause, NoCauseReason Reason)? zone = null;
        for (var i = 0; i < _alerts.Count; i++)
        {
            if (_alerts[i] is SpikeAlert)
            {
                _growth.ClimbTold(snapshot.HighestResidentBytes ?? 0);
            }

            if (_alerts[i] is SpikeAlert or HeldHeapAlert or OutOfMemoryAlert)
            {
                var found = process ??= _causes.Explain(snapshot, settings.SpikeWindow);
                _alerts[i] = _alerts[i].With(found.Cause, found.Reason);
            }
            else if (_alerts[i] is ZoneAlert { IsEntered: true } or HighMemoryAlert or ThrottlingAlert)
            {
                var found = zone ??= _causes.ExplainZone(snapshot, settings.SpikeWindow);
                _alerts[i] = _alerts[i].With(found.Cause, found.Reason);
            }
        }
    }

    private void JudgeOperations(MemorySnapshot snapshot, JudgeSettings settings)
    {
        if (_spike.IsClimbingQuietly)
        {
            // A start, or a swing that is known: as little news for the operations that ran meanwhile.
            _growth.ClimbTold(snapshot.HighestResidentBytes ?? 0);
        }

        if (settings.Spike.Resolve(snapshot.Usage.LimitBytes) is { } threshold
            && _growth.Judge(threshold, settings.SpikeWindow) is { } ended)
        {
            var (cause, reason) = _causes.Explain(ended, snapshot);
            _alerts.Add(GrowthJudge.Describe(ended, threshold, _isMetered).With(cause, reason));
        }

        _budgets.Judge(snapshot.Process.ResidentBytes, _alerts);
        _forgotten.Judge(_alerts);
        _uncollected.Judge(snapshot.Managed.Generation2Collections, _alerts);
    }

    private OperationInFlight[] FindLongOperations(JudgeSettings settings) =>
        _judgement.Zone > MemoryZone.Healthy && settings.LongOperationAge > TimeSpan.Zero
            ? LongOperations.Find(_operations.InFlight, settings.LongOperationAge, _time)
            : [];

    private void Add(MemoryAlert? alert)
    {
        if (alert is not null)
        {
            _alerts.Add(alert);
        }
    }
}
