using System.Diagnostics.Metrics;
using MemoryWatch.Act;
using MemoryWatch.BlackBox.Record;
using MemoryWatch.Files;
using MemoryWatch.Guard;
using MemoryWatch.Judge;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Watch;

/// <summary>
/// Connects the parts of a watch. The parts that read, track and tell exist as long as the engine, so operations can be tracked and snapshots
/// taken at any time. <see cref="Start"/> creates the parts that judge and act.
/// </summary>
internal sealed class Engine : IDisposable
{
    private readonly GuardedLogger _logger;
    private readonly IMemoryReader _reader;
    private readonly IPacer _pacer;
    private readonly ResidentProbe _probe;
    private readonly OutOfMemoryProbe _outOfMemory;
    private readonly Sampler _sampler;
    private readonly ExpectedObjects _expected;
    private readonly WatchMeter _meter;
    private readonly Teller _teller;
    private readonly PluginRunner _metricsRunner;
    private readonly PluginRunner _judgeRunner;
    private readonly PluginRunner _reliefRunner;
    private readonly HistoryKeeper _history;
    private readonly BlackBoxRun _blackBox;
    private readonly FolderInspection _folders;
    private readonly RestartTurn _restart;
    private readonly GcLimitTurn _gcLimit;
    private readonly IFiles _files;
    private volatile WatchSettings _settings;
    private volatile MemorySnapshot _current = MemorySnapshot.Empty;
    private ReliefLadder? _ladder;
    private Turn? _turn;
    private volatile FindingHistory? _findings;
    private WatchThread? _thread;
    private ActivityTracker[] _activities = [];
    private string[] _watchedFolders = [];
    private Action<int>? _stop;
    private IReadOnlyList<MetricDefinition> _definitions = [];
    private bool _hasBegun;
    private long _outOfMemoryAt;
    private int _hasToldTooManyExpected;

    // The next tick knows the limit that new thresholds are compared with.
    private volatile bool _areSettingsNew;

    public Engine(
        WatchSettings settings, BlackBoxSettings blackBox, ILogger logger, TimeProvider time, IMemoryReader reader, IPacer pacer,
        TimeSpan pluginTimeLimit, IMeterFactory? meters, IFiles files, ProcessExit? process = null, GcLimit? gc = null)
    {
        (_settings, _reader, _pacer, _logger, _files, Time) = (settings, reader, pacer, new(logger, settings.Enabled), files, time);

        // The watch thread and every thread that takes a snapshot call metrics; only the watch thread calls detectors and observers. Relief steps
        // take long, and the watch does not wait for them.
        var (faults, stuck) = (new PluginLog(Logger), new StuckThreads());
        _metricsRunner = new(faults, stuck, time, pluginTimeLimit);
        _judgeRunner = new(faults, stuck, time, pluginTimeLimit);
        _reliefRunner = new(faults, stuck, time, pluginTimeLimit);

        _expected = new(time);
        var operations = new OperationStore(pacer.Wake, reader.ThreadTimes);
        _probe = new(reader, pacer.Wake);
        _outOfMemory = new(reader.ReadResidentBytes, time, OnOutOfMemory);
        _sampler = new(reader, _probe, _outOfMemory.Last, new MetricBoard([], BuiltInMetrics.Create(reader), _metricsRunner), time);
        _meter = new(meters, operations.Totals);
        _teller = new(
            new LastWords(operations.InFlight, new(blackBox.TerminationLogPath, files), Logger, time),
            new CompactRecordLog(operations.InFlight, operations.Totals, Logger, time),
            new Log(Logger, operations.Journal, settings.EnableAllocationTracking, time),
            _meter);
        Operations = new(operations, _probe, time, _teller, settings.EnableAllocationTracking) { Budgets = settings.Budgets };
        _folders = new(reader, Logger, OnFolders);
        _history = new(operations, time);
        _teller.Keep(_history);
        _blackBox = new(blackBox, Operations, reader, _teller, Logger, time, _history, files);
        _gcLimit = new(Logger, time, gc ?? GcLimit.OfThis);
        _restart = new(Operations, _blackBox, Logger, time, process ?? ProcessExit.OfThis);
    }

    public ILogger Logger => _logger;

    public TimeProvider Time { get; }

    public OperationTracker Operations { get; }

    /// <summary>The watch's meter, so that tests can distinguish it from others of its name.</summary>
    public Meter Meter => _meter.Meter;

    /// <summary>Snapshot of the last tick, or the first one.</summary>
    public MemorySnapshot Current => _current;

    public PreviousRun? PreviousRun => _blackBox.Previous;

    /// <summary>Cancelled when the program is to take no more work.</summary>
    public CancellationToken Draining => _restart.Draining;

    /// <inheritdoc cref="IMemoryWatch.ReportAdmission"/>
    public void ReportAdmission(bool isStarved) => _restart.Admission.Note(isStarved);

    public IReadOnlyList<WatchedFolder> WatchedFolders => _folders.Found;

    public WatchSettings Settings => _settings;

    public ReliefStanding Relief => _ladder?.Standing ?? ReliefStanding.None;

    /// <summary>
    /// Puts settings in force from the next tick, which starts at once. The change is logged unless the watch was disabled before and stays
    /// disabled.
    /// </summary>
    public void Use(WatchSettings settings, SettingsUpdate update)
    {
        _settings = settings;
        Operations.Budgets = settings.Budgets;
        _logger.IsOn |= settings.Enabled;
        WatchLog.SettingsChanged(_logger, update.ToString());
        _areSettingsNew = true;
        _logger.IsOn = settings.Enabled;
        _pacer.Wake();
    }

    /// <summary>
    /// Adds the application's plug-ins and prepares the first tick. If the watch is enabled, also logs the start and the previous run.
    /// </summary>
    /// <exception cref="InvalidOperationException">Two metrics have the same name or key.</exception>
    public void Start(PluginSet plugins)
    {
        // Before the application's metrics, which are guarded but may be slow.
        var settings = _settings;
        var first = _sampler.Tick(settings.LimitBytes);
        _current = first.Judged(Zones.Next(default, first, settings.Judging));
        _teller.Begin(first);

        var metrics = new MetricBoard(plugins.Metrics, BuiltInMetrics.Create(_reader), _metricsRunner);
        _definitions = metrics.Definitions;
        _history.Begin(_definitions);
        _sampler.Use(metrics);
        _teller.Add(plugins.Observers, Operations.Store.Journal, _judgeRunner);
        var judge = new MemoryJudge(
            Operations.Store, Operations.IsMetered, [.. BuiltInMetrics.Without(metrics.Definitions)], plugins.Detectors, _judgeRunner, Time,
            ProcessStart.Age(_files, Time), _expected);
        judge.Begin(first, settings.Judging);
        var fattest = settings.CancelFattestCooldown is null ? null : new FattestFinder(Operations.Store, Time);
        _ladder = new(
            [.. plugins.Reliefs, .. Cancels(fattest, settings)], Trims(), _metricsRunner, _reliefRunner, Measure, Time, _pacer.Wake,
            CollectionRelief.Collect);
        _findings = new(Operations.Store, Operations.IsMetered, metrics.Definitions, BuiltInMetrics.Count, Time)
        {
            Inputs = StartFacts.Inputs(first),
        };
        _turn = new(_sampler, Operations, _probe, _pacer, judge, _findings, _ladder, _teller, first, Time)
        {
            Fattest = fattest,
        };
        _thread = new(Tick, _pacer, Logger);
        _watchedFolders = plugins.Folders;
        _stop = plugins.Stop;
        if (settings.Enabled)
        {
            Begin(settings, first);
        }

        // Last, because activities call it from now on.
        _activities = Listen(plugins.Activities);
    }

    /// <summary>Starts the thread, which runs the ticks.</summary>
    public void Run() => _thread?.Start();

    /// <summary>Runs one tick; called by the thread, and by tests in its place.</summary>
    /// <returns>Time to wait for the next tick.</returns>
    public TimeSpan Tick()
    {
        // Cleared before the settings are read, and set after they are replaced, so that no change is missed.
        var areNew = _areSettingsNew;
        if (areNew)
        {
            _areSettingsNew = false;
        }

        var settings = _settings;
        _restart.Follow(settings.Restart);
        if (!settings.Enabled)
        {
            if (areNew)
            {
                _areSettingsNew = true;
            }

            return _restart.Wait(settings.Interval);
        }

        if (!_hasBegun)
        {
            Begin(settings, _current);
            areNew = false;
        }

        _history.Interval = settings.Interval;
        var report = _turn!.Judge(settings);
        _current = report.Snapshot;
        if (areNew)
        {
            StartReport.Warn(Logger, ThresholdCheck.Of(settings.Judging, report.Snapshot).Above);
        }

        var wait = _turn.Finish(report, settings);
        _gcLimit.Advance(report.Snapshot, settings.HeapLimit);
        _restart.Consider(report.Snapshot, Relief == ReliefStanding.Exhausted, settings.Restart);
        return _restart.Wait(wait);
    }

    /// <summary>A quick reading, like that of a scope.</summary>
    public long? ReadResidentBytes() => _probe.Read();

    /// <summary>Explains the last tick.</summary>
    public MemoryDiagnosis Diagnose() => _findings?.Diagnose() ?? MemoryDiagnosis.Empty;

    /// <summary>Copies the history, with the zones of the last tick.</summary>
    public MemoryHistory History(TimeSpan window)
    {
        var snapshot = _current;
        var (thresholds, limit) = (ThresholdCheck.Of(_settings.Judging, snapshot).Used, snapshot.Usage.LimitBytes);
        return _history.Read(
            window, snapshot, new(thresholds.Elevated.Resolve(limit), thresholds.Critical.Resolve(limit), thresholds.Imminent.Resolve(limit)));
    }

    /// <summary>
    /// Takes a snapshot for the application, judged from the last tick's zone. It changes no detector and raises no alert. If it is in a worse
    /// zone, it wakes the watch thread for a tick, which does both.
    /// </summary>
    public MemorySnapshot Snapshot(string name, in OperationContext context)
    {
        var settings = _settings;
        var snapshot = _sampler.Take(settings.LimitBytes, SafeText.Name(name), context.ToSafe());
        var last = _current;
        snapshot.Judged(Zones.Next(last.Judgement, snapshot, settings.Judging), last.TimeToLimit);
        Operations.Snapshot(snapshot);
        _teller.Tell(snapshot);
        if (snapshot.Zone > last.Zone)
        {
            _pacer.Wake();
        }

        return snapshot;
    }

    /// <summary>Follows an object of the application; says once if there are too many to follow.</summary>
    public void ExpectCollected(object target, string name, in OperationContext context)
    {
        if (!_expected.Add(target, name, context) && Interlocked.Exchange(ref _hasToldTooManyExpected, 1) == 0)
        {
            WatchLog.TooManyExpected(_logger, ExpectedObjects.Most);
        }
    }

    /// <summary>Stops what <see cref="Start"/> started.</summary>
    public void Stop()
    {
        Array.ForEach(_activities, a => a.Dispose());
        _thread?.Stop();
        _ladder?.Stop();
        _restart.Stop();
        _blackBox.Stop();
    }

    public void Dispose()
    {
        _metricsRunner.Dispose();
        _judgeRunner.Dispose();
        _reliefRunner.Dispose();
        _meter.Dispose();
        _outOfMemory.Dispose();
        _expected.Dispose();
        _reader.Dispose();
    }

    /// <summary>The first that a watch writes. One that is disabled at the start begins with the tick after it was enabled.</summary>
    private void Begin(WatchSettings settings, MemorySnapshot snapshot)
    {
        _hasBegun = true;
        _history.Interval = settings.Interval;
        StartFacts.Report(settings, snapshot).Write(Logger, snapshot, StartFacts.Fit(snapshot));
        if (settings.TrimsNativeHeap && !_reader.CanTrimNativeHeap)
        {
            ReliefLog.NoTrim(Logger, NativeHeapRelief.StepName);
        }

        _folders.Start(_watchedFolders);
        _blackBox.Start(snapshot, _definitions);
        _restart.Begin(_stop, settings.Restart);
        _gcLimit.Begin(snapshot, _blackBox.PreviousNativePeak, settings.HeapLimit);
    }

    // If several rules cover a source, the first one applies; otherwise its activities would be tracked twice.
    private ActivityTracker[] Listen(ActivityRule[] rules) => Array.ConvertAll(rules, rule => new ActivityTracker(
        Operations,
        rule,
        source => Array.Find(rules, r => r.Covers(source)) == rule,
        () => _settings.Enabled,
        exception => TrackingLog.CallbackFault(Logger, $"activities of '{SafeText.Name(rule.Source)}'", SafeText.Error(exception))));

    private void OnFolders(IReadOnlyList<WatchedFolder> folders)
    {
        if (_findings is { } findings)
        {
            findings.Inputs = findings.Inputs with { Folders = folders };
        }
    }

    /// <summary>
    /// Runs where the exception is thrown, so it neither allocates nor waits. It calls for at most ten ticks a second, because a program that is out
    /// of memory may throw thousands.
    /// </summary>
    private void OnOutOfMemory(long count)
    {
        // There is none while the engine is being created.
        _blackBox?.RecordOutOfMemory(count);
        var now = Environment.TickCount64;
        if (now - Interlocked.Exchange(ref _outOfMemoryAt, now) >= TickPace.Shortest.TotalMilliseconds)
        {
            _pacer.Wake();
        }
    }

    private NativeHeapRelief[] Trims() => _reader.CanTrimNativeHeap
        ?
        [
            new(NativeHeapRelief.StepName, ReliefStage.NativeHeap, _reader.TrimNativeHeap, _reader.ReadNativeHeap),
            new(NativeHeapRelief.SecondStepName, ReliefStage.Collection, _reader.TrimNativeHeap, _reader.ReadNativeHeap),
        ]
        : [];

    private CancelFattestRelief[] Cancels(FattestFinder? finder, WatchSettings settings) =>
        finder is null ? [] : [new(finder, settings.CancelFattestCooldown ?? default, Logger)];

    private ReliefMeasure Measure()
    {
        var last = GC.GetGCMemoryInfo(GCKind.Any);
        return new()
        {
            ResidentBytes = _reader.ReadResidentBytes(),
            UsedBytes = _sampler.ReadUsage(_settings.LimitBytes).LeastUsedBytes,
            HeapBytes = GC.GetTotalMemory(forceFullCollection: false),
            CommittedBytes = last.TotalCommittedBytes,
            LiveBytes = last.Index == 0 ? null : Math.Max(0, last.HeapSizeBytes - last.FragmentedBytes),
        };
    }
}
