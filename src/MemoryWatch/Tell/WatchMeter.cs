using System.Diagnostics.Metrics;
using MemoryWatch.Track;

namespace MemoryWatch.Tell;

/// <summary>
/// The watch's instruments. Observable instruments report the latest snapshot and read nothing themselves; an unknown number gives no
/// measurement.
/// </summary>
internal sealed class WatchMeter : IListener, IDisposable
{
    private const long Megabyte = 1024 * 1024;

    // Changes are of the whole process, and may be negative.
    private static readonly long[] ChangeBuckets =
    [
        -256 * Megabyte, -64 * Megabyte, -16 * Megabyte, -4 * Megabyte, -Megabyte,
        0, Megabyte, 4 * Megabyte, 16 * Megabyte, 64 * Megabyte, 256 * Megabyte,
    ];

    private static readonly long[] AllocatedBuckets =
    [
        1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10,
        Megabyte, 4 * Megabyte, 16 * Megabyte, 64 * Megabyte, 256 * Megabyte, 1024 * Megabyte,
    ];

    private static readonly double[] DurationBuckets = [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300];

    private readonly bool _isOwnMeter;
    private readonly OperationTable _totals;
    private readonly BoundedNames _alertKinds = new();
    private readonly BoundedNames _reliefs = new();
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _change;
    private readonly Histogram<long> _allocated;
    private readonly Counter<long> _alerts;
    private readonly Counter<long> _freed;
    private readonly Counter<long> _steps;
    private readonly Histogram<double> _stepDuration;
    private volatile MemorySnapshot _latest = MemorySnapshot.Empty;

    /// <param name="meters">Creates and disposes the meter; if <see langword="null"/>, this class does.</param>
    /// <param name="totals">The operation names that get their own tags, and the operations in flight.</param>
    public WatchMeter(IMeterFactory? meters, OperationTable totals)
    {
        _totals = totals;
        Meter = meters?.Create(TelemetryNames.Meter) ?? new Meter(TelemetryNames.Meter);
        _isOwnMeter = meters is null;
        var meter = Meter;

        Bytes(meter, TelemetryNames.ContainerUsage, "Memory charged to the container, page cache included.", s => s.Container.UsageBytes);
        Bytes(meter, TelemetryNames.ContainerWorkingSet, "Usage minus inactive page cache.", s => s.Container.WorkingSetBytes);
        Bytes(meter, TelemetryNames.ContainerAvailable, "Limit minus working set; no value without a limit.",
            s => s.Container.LimitBytes - s.Container.WorkingSetBytes is { } left ? Math.Max(0, left) : null);
        Bytes(meter, TelemetryNames.Limit, "The limit that usage is compared with.", s => s.Usage.LimitBytes);
        Bytes(meter, TelemetryNames.Used, "Memory that counts toward the limit and cannot be reclaimed.", s => s.Usage.UsedBytes);
        meter.CreateObservableGauge(
            TelemetryNames.TimeToLimit, TimeToLimit, TelemetryNames.Seconds,
            "Time until the nearer limit at the fastest rate that fits the present growth; no value unless the growth is significant.");
        meter.CreateObservableGauge(
            TelemetryNames.Zone, () => (int)_latest.Zone, TelemetryNames.One, "0 healthy, 1 elevated, 2 critical, 3 imminent.");
        meter.CreateObservableCounter(
            TelemetryNames.OomKills, () => Measure(_latest.Container.OomKills), TelemetryNames.CountOfKills,
            "Processes in the container that the kernel's OOM killer ended.");
        meter.CreateObservableGauge(
            TelemetryNames.MetricValue, Metrics, TelemetryNames.One, "The application's metrics, threads and open files.");

        meter.CreateObservableUpDownCounter(
            TelemetryNames.OperationsInFlight, InFlight, TelemetryNames.CountOfOperations, "Operations that have started and not ended.");

        _duration = meter.CreateHistogram(
            TelemetryNames.OperationDuration, TelemetryNames.Seconds, "Duration of operations.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationBuckets });
        _change = meter.CreateHistogram(
            TelemetryNames.OperationChange, TelemetryNames.Bytes, "Change of the process's resident memory during operations.",
            advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = ChangeBuckets });
        _allocated = meter.CreateHistogram(
            TelemetryNames.OperationAllocated, TelemetryNames.Bytes, "Bytes that operations allocated on the managed heap.",
            advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = AllocatedBuckets });
        _alerts = meter.CreateCounter<long>(TelemetryNames.Alerts, TelemetryNames.CountOfAlerts, "Alerts raised.");
        _freed = meter.CreateCounter<long>(TelemetryNames.ReliefFreed, TelemetryNames.Bytes, "Resident memory freed by relief steps.");
        _steps = meter.CreateCounter<long>(TelemetryNames.ReliefSteps, TelemetryNames.CountOfSteps, "Calls to relief steps, by what came of them.");
        _stepDuration = meter.CreateHistogram(
            TelemetryNames.ReliefDuration, TelemetryNames.Seconds, "Duration of relief steps.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationBuckets });
    }

    public Meter Meter { get; }

    public void OnEntry(in JournalEntry entry)
    {
        if (entry.Kind != JournalEntryKind.Ended || !(_duration.Enabled || _change.Enabled || _allocated.Enabled))
        {
            return;
        }

        var name = new KeyValuePair<string, object?>(TelemetryNames.OperationTag, _totals.Names.Of(entry.Name));
        var outcome = new KeyValuePair<string, object?>(TelemetryNames.OutcomeTag, Outcome(entry.Outcome));
        if (entry.Duration is { } duration)
        {
            _duration.Record(duration.TotalSeconds, name, outcome);
        }

        if (entry.ChangeBytes is { } change)
        {
            _change.Record(change, name, outcome);
        }

        if (entry.Allocation is { } allocation)
        {
            _allocated.Record(allocation.AllocatedBytes, name, outcome);
        }
    }

    public void Begin(MemorySnapshot first) => _latest = first;

    public void OnReport(TickReport report)
    {
        _latest = report.Snapshot;
        foreach (var alert in report.Alerts)
        {
            _alerts.Add(1, new KeyValuePair<string, object?>(TelemetryNames.AlertTag, _alertKinds.Of(alert.Kind)));
        }
    }

    public void OnSnapshot(MemorySnapshot snapshot)
    {
        // Instruments report the regular readings.
    }

    public void OnRelief(ReliefOutcome outcome)
    {
        var name = new KeyValuePair<string, object?>(TelemetryNames.ReliefTag, _reliefs.Of(outcome.Name));
        if (outcome.FreedBytes is > 0 and { } freed)
        {
            _freed.Add(freed, name);
        }

        _steps.Add(1, name, new(TelemetryNames.ReliefOutcomeTag, Outcome(outcome)));
        _stepDuration.Record(outcome.Duration.TotalSeconds, name);
    }

    public void OnPreview(ReliefPreview preview) => _steps.Add(
        1, new(TelemetryNames.ReliefTag, _reliefs.Of(preview.Name)), new(TelemetryNames.ReliefOutcomeTag, "observed"));

    public void Dispose()
    {
        if (_isOwnMeter)
        {
            Meter.Dispose();
        }
    }

    private static string Outcome(OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Failed => "failed",
        OperationOutcome.Cancelled => "cancelled",
        _ => "completed",
    };

    private static string Outcome(ReliefOutcome outcome) => outcome switch
    {
        { IsAbandoned: true } => "abandoned",
        { Error: not null } => "failed",
        { IsWorthwhile: true } => "freed",
        _ => "nothing",
    };

    private static Measurement<long>[] Measure(long? value) => value is { } known ? [new(known)] : [];

    private void Bytes(Meter meter, string name, string description, Func<MemorySnapshot, long?> read) =>
        meter.CreateObservableUpDownCounter(name, () => Measure(read(_latest)), TelemetryNames.Bytes, description);

    private Measurement<double>[] TimeToLimit() => _latest.TimeToLimit is { } time ? [new(time.Soonest.TotalSeconds)] : [];

    private List<Measurement<long>> InFlight()
    {
        var measurements = new List<Measurement<long>>();
        foreach (var statistics in _totals.All)
        {
            measurements.Add(new(statistics.InFlight, new KeyValuePair<string, object?>(TelemetryNames.OperationTag, statistics.Name)));
        }

        return measurements;
    }

    private List<Measurement<long>> Metrics()
    {
        var metrics = _latest.Metrics;
        var measurements = new List<Measurement<long>>(metrics.Count);
        foreach (var metric in metrics)
        {
            if (metric.Value is { } value)
            {
                measurements.Add(new(value, new KeyValuePair<string, object?>(TelemetryNames.MetricTag, metric.Definition.Key)));
            }
        }

        return measurements;
    }
}
