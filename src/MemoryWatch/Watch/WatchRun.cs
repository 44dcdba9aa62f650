using MemoryWatch.Act;
using MemoryWatch.BlackBox.Record;
using MemoryWatch.Judge;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Track;

namespace MemoryWatch.Watch;

/// <summary>A watch from its start to its stop: what was plugged in, put together with the built-in parts, and the thread.</summary>
internal sealed class WatchRun
{
    private readonly WatchCore _core;
    private readonly ReliefLadder _ladder;
    private readonly Tick _tick;
    private readonly WatchThread _thread;
    private readonly ActivityTracker[] _activities;
    private readonly MetricBoard _metrics;
    private BlackBoxRun? _blackBox;

    /// <exception cref="InvalidOperationException">There are too many metrics, or two of one name.</exception>
    public WatchRun(WatchCore core, PluginSet plugins)
    {
        _core = core;

        // Before the application's metrics, which are guarded but may take their time.
        core.Latest.Set(core.Sampler.Tick());
        _metrics = new MetricBoard(plugins.Metrics, BuiltInMetrics.Create(core.Reader), core.MetricsRunner);
        core.Sampler.Use(_metrics);
        core.Hub.Add(plugins.Observers, core.Journal, core.JudgeRunner);

        var collection = Collection();
        _ladder = new([collection, .. Steps(plugins.Reliefs)], core.ReliefRunner, Measure, core.Time);
        var diagnostician = new Diagnostician(core.Operations, core.Journal, core.Time);
        diagnostician.Keep(core.Latest.Value, core.Settings.Detection.SpikeWindow);
        _tick = new(core, Detectors(_metrics.Definitions, plugins.Detectors), diagnostician, _ladder, collection);
        _thread = new(_tick.Run, core.Pacer, core.Logger);

        // Last, as it is called from now on.
        _activities = Activities(plugins.Activities);
    }

    /// <summary>The run before this one; absent where there is no black box, or nothing in it.</summary>
    public PreviousRun? Previous => _blackBox?.Previous;

    /// <summary>Opens the black box; nothing where there is none to be.</summary>
    public void StartRecording(BlackBoxSettings settings)
    {
        if (settings.Path is not null)
        {
            _blackBox = new(settings, _core.Operations, _core.Reader, _core.Logger, _core.Time);
            _core.Hub.Add(_blackBox);
            _blackBox.Start(_core.Latest.Value, _core.Zone.Zone, _metrics.Definitions);
        }
    }

    /// <summary>One turn; for the thread, and for tests that are the thread.</summary>
    public TimeSpan Tick() => _tick.Run();

    public void Start() => _thread.Start();

    public void Stop()
    {
        Array.ForEach(_activities, a => a.Dispose());
        _thread.Stop();
        _ladder.Stop();
        _blackBox?.Stop();
    }

    private Detectors Detectors(IReadOnlyList<MetricDefinition> metrics, IMemoryDetector[] users) => new(
        _core.Zone,
        new HighMemoryDetector(() => _core.Settings.Detection),
        [
            new SpikeDetector(() => _core.Settings.Detection, _core.Time),
            new ThrashingDetector(_core.Time),
            .. MetricMaximumDetector.For(metrics),
        ],
        Array.ConvertAll(users, d => new GuardedDetector(d)),
        _core.JudgeRunner);

    // Of the rules that cover a source the first counts, else its activities would be operations twice.
    private ActivityTracker[] Activities(ActivityRule[] rules) => Array.ConvertAll(rules, rule => new ActivityTracker(
        _core.Operations,
        rule,
        source => Array.Find(rules, r => r.Covers(source)) == rule,
        () => _core.Settings.Enabled,
        exception => WatchLog.CallbackFault(_core.Logger, $"activities of '{SafeText.Name(rule.Source)}'", SafeText.Error(exception))));

    /// <summary>The built-in step: in force while its setting is, with a cool-down that may change.</summary>
    private ReliefStep Collection()
    {
        var relief = new CollectionRelief(() => _core.Zone.Zone, () => _core.Settings.CollectionCooldown);
        return Step(relief, () => ReliefPlan.Of(relief), () => _core.Settings.CollectWhenHigh);
    }

    private ReliefStep[] Steps(IMemoryRelief[] users)
    {
        var asked = Array.ConvertAll(users, r => new GuardedReliefPlan(r));
        _core.MetricsRunner.Run(asked);
        return Array.ConvertAll(
            Array.FindAll(asked, a => a.Plan is not null), a => Step(a.Relief, () => a.Plan!, static () => true));
    }

    private ReliefStep Step(IMemoryRelief relief, Func<ReliefPlan> plan, Func<bool> isWanted) =>
        new(relief, plan, isWanted, Measure, _core.Time, _core.Pacer.Wake);

    private ReliefMeasure Measure() => new()
    {
        ResidentBytes = _core.Reader.ReadResidentBytes(),
        HeapBytes = GC.GetTotalMemory(forceFullCollection: false),
        CommittedBytes = GC.GetGCMemoryInfo().TotalCommittedBytes,
    };
}
