using System.Diagnostics.Metrics;
using MemoryWatch.Guard;
using MemoryWatch.Judge;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Watch;

/// <summary>
/// The parts of a watch that are there before it starts and after it stops, so that operations can be tracked and
/// snapshots taken at any time.
/// </summary>
internal sealed class WatchCore : IDisposable
{
    private volatile WatchSettings _settings;

    public WatchCore(WatchSettings settings, ILogger logger, TimeProvider time, IMemoryReader reader, IPacer pacer, TimeSpan pluginTimeLimit,
        IMeterFactory? meters = null)
    {
        _settings = settings;
        (Logger, Time, Reader, Pacer) = (new GuardedLogger(logger), time, reader, pacer);
        var faults = new PluginLog(Logger);
        var stuck = new StuckThreads();
        MetricsRunner = new(faults, stuck, time, pluginTimeLimit);
        JudgeRunner = new(faults, stuck, time, pluginTimeLimit);
        ReliefRunner = new(faults, stuck, time, pluginTimeLimit);

        Probe = new(reader, pacer.Wake);
        Zone = new(() => Settings.Detection);
        Meter = new(meters, () => Latest.Value, () => Zone.Zone);
        var longOperations = new LongOperations(() => Operations!, time, () => Settings.LongOperation);
        Hub = new(new LogObserver(Logger, () => Zone.Zone, Journal, time, longOperations), Meter, () => Zone.Zone);
        Operations = new(Probe, Journal, time, Hub, settings.TrackAllocations, new(pacer.Wake), () => Settings.Budgets);
        Sampler = new(reader, Probe, new MetricBoard([], BuiltInMetrics.Create(reader), MetricsRunner), time)
        {
            LimitSetting = settings.LimitBytes,
        };
    }

    public WatchSettings Settings
    {
        get => _settings;
        set => (_settings, Sampler.LimitSetting) = (value, value.LimitBytes);
    }

    public ILogger Logger { get; }

    public TimeProvider Time { get; }

    public IMemoryReader Reader { get; }

    public IPacer Pacer { get; }

    public ResidentProbe Probe { get; }

    public Journal Journal { get; } = new();

    public LatestSnapshot Latest { get; } = new();

    public Sampler Sampler { get; }

    public MeterObserver Meter { get; }

    public OperationTracker Operations { get; }

    public ZoneDetector Zone { get; }

    public ObserverHub Hub { get; }

    /// <summary>Calls metrics: from the watch thread, and from whoever takes a snapshot.</summary>
    public PluginRunner MetricsRunner { get; }

    /// <summary>Calls detectors and observers, from the watch thread.</summary>
    public PluginRunner JudgeRunner { get; }

    /// <summary>Calls relief steps, which take long and are not waited for.</summary>
    public PluginRunner ReliefRunner { get; }

    public void Dispose()
    {
        MetricsRunner.Dispose();
        JudgeRunner.Dispose();
        ReliefRunner.Dispose();
        Meter.Dispose();
        Reader.Dispose();
    }
}
