using System.Diagnostics.Metrics;
using System.Runtime;
using MemoryWatch.Act;
using MemoryWatch.BlackBox.Record;
using MemoryWatch.Guard;
using MemoryWatch.Judge;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Watch;

/// <summary>
/// A watch, put together. What reads, tracks and tells is there from the beginning to the end, so that operations can be tracked and snapshots
/// taken at any time; what judges and acts comes with <see cref="Start"/>.
/// </summary>
internal sealed class Engine : IDisposable
{
    private readonly GuardedLogger _logger;
    private readonly IMemoryReader _reader;
    private readonly IPacer _pacer;
    private readonly ResidentProbe _probe;
    private readonly Sampler _sampler;
    private readonly WatchMeter _meter;
    private readonly Teller _teller;
    private readonly PluginRunner _metricsRunner;
    private readonly PluginRunner _judgeRunner;
    private readonly PluginRunner _reliefRunner;
    private readonly BlackBoxRun _blackBox;
    private volatile WatchSettings _settings;
    private volatile MemorySnapshot _current = MemorySnapshot.Empty;
    private ReliefLadder? _ladder;
    private Turn? _turn;
    private WatchThread? _thread;
    private ActivityTracker[] _activities = [];

    public Engine(
        WatchSettings settings, BlackBoxSettings blackBox, ILogger logger, TimeProvider time, IMemoryReader reader, IPacer pacer,
        TimeSpan pluginTimeLimit, IMeterFactory? meters)
    {
        (_settings, _reader, _pacer, _logger, Time) = (settings, reader, pacer, new(logger, settings.Enabled), time);

        // Metrics are called by the watch thread and by whoever takes a snapshot, detectors and observers by the watch thread; relief
        // steps take long, and are not waited for.
        var (faults, stuck) = (new PluginLog(Logger), new StuckThreads());
        _metricsRunner = new(faults, stuck, time, pluginTimeLimit);
        _judgeRunner = new(faults, stuck, time, pluginTimeLimit);
        _reliefRunner = new(faults, stuck, time, pluginTimeLimit);

        var operations = new OperationStore(pacer.Wake);
        _probe = new(reader, pacer.Wake);
        _sampler = new(reader, _probe, new MetricBoard([], BuiltInMetrics.Create(reader), _metricsRunner), time);
        _meter = new(meters, operations.Totals.Names);
        _teller = new(
            new LastWords(operations.InFlight, new(blackBox.TerminationLogPath), Logger, time),
            new Log(Logger, operations.Journal, settings.TrackAllocations, time),
            _meter);
        Operations = new(operations, _probe, time, _teller, settings.TrackAllocations) { Budgets = settings.Budgets };
        _blackBox = new(blackBox, Operations, reader, _teller, Logger, time);
    }

    public ILogger Logger => _logger;

    public TimeProvider Time { get; }

    public OperationTracker Operations { get; }

    /// <summary>The watch's own meter, for tests to tell it from others of its name.</summary>
    public Meter Meter => _meter.Meter;

    /// <summary>The last tick's snapshot, or the first one.</summary>
    public MemorySnapshot Current => _current;

    public PreviousRun? PreviousRun => _blackBox.Previous;

    public WatchSettings Settings => _settings;

    /// <summary>Puts settings in force, with the next tick, which comes at once. A watch that is disabled writes nothing, that it was included.</summary>
    public void Use(WatchSettings settings, SettingsUpdate update)
    {
        _settings = settings;
        Operations.Budgets = settings.Budgets;
        _logger.IsOn |= settings.Enabled;
        WatchLog.SettingsChanged(_logger, update.ToString());
        _logger.IsOn = settings.Enabled;
        _pacer.Wake();
    }

    /// <summary>Plugs in what the application brings, tells of the start and of the run before, and gets ready to tick.</summary>
    /// <exception cref="InvalidOperationException">There are two metrics of one name or key.</exception>
    public void Start(PluginSet plugins)
    {
        // Before the application's metrics, which are guarded but may take their time.
        var settings = _settings;
        var first = _sampler.Tick(settings.LimitBytes);
        _current = first.Judged(Zones.Next(MemoryZone.Healthy, first.Usage, settings.Judging));
        _teller.Begin(first);

        var metrics = new MetricBoard(plugins.Metrics, BuiltInMetrics.Create(_reader), _metricsRunner);
        _sampler.Use(metrics);
        _teller.Add(plugins.Observers, Operations.Store.Journal, _judgeRunner);
        var judge = new MemoryJudge(
            Operations.Store, Operations.IsMetered, metrics.Definitions, plugins.Detectors, _judgeRunner, Time);
        judge.Begin(first, settings.Judging);
        _ladder = new(plugins.Reliefs, _metricsRunner, _reliefRunner, Measure, Time, _pacer.Wake);
        _turn = new(_sampler, Operations, _probe, judge, _ladder, _teller, first, Time);
        _thread = new(Tick, _pacer, Logger);
        if (settings.Enabled)
        {
            new StartReport(settings.Interval, settings.PeriodicInterval, settings.GcReportInterval, settings.PeriodicCollection)
                .Write(Logger, first, Fit(first));
            _blackBox.Start(first, metrics.Definitions);
        }

        // Last, as it is called from now on.
        _activities = Listen(plugins.Activities);
    }

    /// <summary>Lets the thread tick.</summary>
    public void Run() => _thread?.Start();

    /// <summary>One turn; for the thread, and for tests that are the thread.</summary>
    /// <returns>How long to wait for the next.</returns>
    public TimeSpan Tick()
    {
        var settings = _settings;
        if (!settings.Enabled)
        {
            return settings.Interval;
        }

        var report = _turn!.Judge(settings);
        _current = report.Snapshot;
        return _turn.Finish(report, settings);
    }

    /// <summary>
    /// A snapshot that the application asks for, judged from the last tick's zone: it changes no detector and raises no alert, but in a worse
    /// zone it calls for a tick, which does.
    /// </summary>
    public MemorySnapshot Snapshot(string name, in OperationContext context)
    {
        var settings = _settings;
        var snapshot = _sampler.Take(settings.LimitBytes, SafeText.Name(name), context.ToSafe());
        var last = _current.Zone;
        snapshot.Judged(Zones.Next(last, snapshot.Usage, settings.Judging));
        Operations.Snapshot(snapshot);
        _teller.Tell(snapshot);
        if (snapshot.Zone > last)
        {
            _pacer.Wake();
        }

        return snapshot;
    }

    /// <summary>Stops what <see cref="Start"/> started.</summary>
    public void Stop()
    {
        Array.ForEach(_activities, a => a.Dispose());
        _thread?.Stop();
        _ladder?.Stop();
        _blackBox.Stop();
    }

    public void Dispose()
    {
        _metricsRunner.Dispose();
        _judgeRunner.Dispose();
        _reliefRunner.Dispose();
        _meter.Dispose();
        _reader.Dispose();
    }

    // Of the rules that cover a source the first counts, else its activities would be operations twice.
    private ActivityTracker[] Listen(ActivityRule[] rules) => Array.ConvertAll(rules, rule => new ActivityTracker(
        Operations,
        rule,
        source => Array.Find(rules, r => r.Covers(source)) == rule,
        () => _settings.Enabled,
        exception => TrackingLog.CallbackFault(Logger, $"activities of '{SafeText.Name(rule.Source)}'", SafeText.Error(exception))));

    private static GcFit Fit(MemorySnapshot first) => GcJudge.Judge(
        first.Usage,
        first.Managed.HeapLimitBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        GCSettings.IsServerGC,
        Environment.ProcessorCount);

    private ReliefMeasure Measure() => new()
    {
        ResidentBytes = _reader.ReadResidentBytes(),
        HeapBytes = GC.GetTotalMemory(forceFullCollection: false),
        CommittedBytes = GC.GetGCMemoryInfo().TotalCommittedBytes,
    };
}
