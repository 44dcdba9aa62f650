using MemoryWatch.Act;
using MemoryWatch.Files;
using MemoryWatch.Guard;
using MemoryWatch.Judge;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;
using MemoryWatch.Watch;

namespace MemoryWatch.Tests.Simulation.Seeds;

/// <summary>One run of the parts of a watch on a machine, a clock and a program that one seed drives.</summary>
internal sealed class SimulatedRun
{
    private const int FewestTicks = 50;
    private const int MostTicks = 150;

    private readonly Random _random;
    private readonly SimulatedClock _time = new();
    private readonly SimulatedMachine _machine;
    private readonly Oracle _oracle;
    private readonly WatchSettings _settings;
    private readonly bool _isYoung;
    private readonly bool _hasMetrics;
    private readonly List<OperationScope> _scopes = [];
    private OutOfMemoryEvent? _exception;
    private int _measures;

    public SimulatedRun(int seed)
    {
        _random = new(seed);
        _machine = new(_random);
        (_isYoung, _hasMetrics) = (_random.Next(2) == 0, _random.Next(20) == 0);
        _oracle = new(_isYoung);
        _settings = new(
            Enabled: true,
            LimitBytes: _random.Next(4) == 0 ? Bytes.Megabytes(_random.Next(100, 600)) : null,
            Interval: TimeSpan.FromMilliseconds(_random.Next(100, 10_000)),
            PeriodicInterval: TimeSpan.FromMinutes(1),
            GcReportInterval: TimeSpan.FromMinutes(1),
            PeriodicCollectionInterval: TimeSpan.Zero,
            LeakCollectionInterval: TimeSpan.Zero,
            EnableCollectionWhenHigh: false,
            CollectionCooldown: TimeSpan.FromMinutes(1),
            EnableAllocationTracking: false,
            Budgets: OperationBudgets.None,
            Judging: JudgeSettingsOf.Defaults);
    }

    /// <returns>What must not be and was.</returns>
    public IReadOnlyList<string> Play()
    {
        try
        {
            Tick(_random.Next(FewestTicks, MostTicks + 1));
        }
        catch (Exception error)
        {
            _oracle.Expect(false, $"it threw {error}");
        }

        return _oracle.Problems;
    }

    private void Tick(int ticks)
    {
        var (pacer, logger, stuck) = (new ManualPacer(), new FormattingLogger(isOn: _random.Next(5) == 0), new StuckThreads());
        var log = new PluginLog(logger);
        using var runner = new PluginRunner(log, stuck, _time, Deadline.Backstop);
        using var reliefRunner = new PluginRunner(log, stuck, _time, Deadline.Backstop);
        var store = new OperationStore(pacer.Wake);
        var probe = new ResidentProbe(_machine, pacer.Wake);
        var metrics = new MetricBoard(_hasMetrics ? [Metric()] : [], BuiltInMetrics.Create(_machine), runner);
        var sampler = new Sampler(_machine, probe, () => _exception, metrics, _time);
        using var meter = new WatchMeter(null, store.Totals);
        var teller = new Teller(
            new LastWords(store.InFlight, new(null, DiskFiles.Instance), logger, _time),
            new CompactRecordLog(store.InFlight, store.Totals, logger, _time),
            new Log(logger, store.Journal, isMetered: false, _time),
            meter);
        var history = new HistoryKeeper(store, _time) { Interval = _settings.Interval };
        history.Begin(metrics.Definitions);
        teller.Keep(history);
        var tracker = new OperationTracker(store, probe, _time, teller, isMetered: false);
        var first = sampler.Tick(_settings.LimitBytes);
        first.Judged(Zones.Next(default, first, _settings.Judging));
        teller.Begin(first);
        var judge = new MemoryJudge(
            store, isMetered: false, metrics.Definitions, [], runner, _time, _isYoung ? TimeSpan.FromSeconds(_random.Next(10)) : TimeSpan.FromHours(1));
        judge.Begin(first, _settings.Judging);
        SimulatedRelief[] reliefs = [.. Enumerable.Range(0, 2).Select(i => new SimulatedRelief($"Relief {i}", (MemoryZone)_random.Next(4), _random.Next(3) == 0))];
        var ladder = new ReliefLadder(reliefs, [], runner, reliefRunner, Measure, _time, pacer.Wake, CollectionRelief.Collect);
        var findings = new FindingHistory(store, isMetered: false, metrics.Definitions, BuiltInMetrics.Count, _time);
        var turn = new Turn(sampler, tracker, probe, pacer, judge, findings, ladder, teller, first, _time);
        var wait = _settings.Interval;
        for (var i = 0; i < ticks; i++)
        {
            Pass(wait);
            _machine.Change();
            Work(tracker, sampler);
            var (measures, calls) = (_measures, Array.ConvertAll(reliefs, relief => relief.Calls));
            var report = turn.Judge(_settings);
            wait = turn.Finish(report, _settings);
            _oracle.Check(report, wait, _settings.Interval);
            if (_measures > measures)
            {
                Deadline.UntilSoon(() => !reliefRunner.IsWorking, "a relief step should have returned");
                foreach (var (relief, before) in reliefs.Zip(calls))
                {
                    Check(relief, before, report.Snapshot);
                }
            }

            foreach (var operation in tracker.InFlight)
            {
                _oracle.Expect(operation.Age >= TimeSpan.Zero, $"{operation.Name} has the age {operation.Age}");
            }
        }

        _oracle.Check(history);

        // Otherwise operations of the next run would be nested in those of this one.
        _scopes.ForEach(scope => scope.Dispose());
        foreach (var totals in store.Totals.Read())
        {
            _oracle.Expect(totals.Count >= 0 && totals.DurationP50 >= TimeSpan.Zero && totals.DurationMax >= TimeSpan.Zero, $"{totals} is negative");
        }
    }

    private void Check(SimulatedRelief relief, int before, MemorySnapshot snapshot)
    {
        if (relief.Calls > before)
        {
            _oracle.CheckRelief(relief.StartsAt, snapshot);
        }
    }

    /// <summary>Time passes: about as long as the watch wanted to wait, or the tick comes late or early, or somebody sets the clock.</summary>
    private void Pass(TimeSpan wait)
    {
        _time.Advance(_random.Next(20) switch
        {
            0 => TimeSpan.FromSeconds(_random.Next(600)),
            1 => TimeSpan.FromMilliseconds(_random.Next(20)),
            2 => TimeSpan.FromMilliseconds(-_random.Next(5000)),
            _ => wait * (0.9 + (_random.NextDouble() * 0.3)),
        });
        if (_random.Next(50) == 0)
        {
            _time.Set(TimeSpan.FromMinutes(_random.Next(-10_000, 10_000)));
        }
    }

    /// <summary>The program works: operations start and end in any order, memory is looked at, exceptions are thrown.</summary>
    private void Work(OperationTracker tracker, Sampler sampler)
    {
        switch (_random.Next(12))
        {
            case 0 or 1 when _scopes.Count < 10:
                _scopes.Add(tracker.Start($"Operation {_random.Next(5)}", "User 5"));
                break;
            case 2 or 3 when _scopes.Count > 0:
                var scope = _scopes[_random.Next(_scopes.Count)];
                _scopes.Remove(scope);
                scope.Dispose();
                break;
            case 4:
                tracker.Mark("Mark", default);
                break;
            case 5 when _random.Next(4) == 0:
                sampler.Take(_settings.LimitBytes, "Snapshot", default);
                break;
            case 6 when _random.Next(10) == 0:
                _exception = new((_exception?.Count ?? 0) + _random.Next(1, 5), _time.GetUtcNow(), _machine.ReadResidentBytes(), Bytes.Megabytes(100), false);
                break;
            default:
                break;
        }
    }

    private FakeMetric Metric() => new(
        () => new MetricDefinition("Sessions", new() { Maximum = 50 }),
        () => _random.Next(20) == 0 ? throw new InvalidOperationException("No sessions.") : _random.Next(60));

    private ReliefMeasure Measure()
    {
        _measures++;
        return new() { ResidentBytes = _machine.ReadResidentBytes(), HeapBytes = Bytes.Megabytes(50), CommittedBytes = Bytes.Megabytes(60) };
    }
}
