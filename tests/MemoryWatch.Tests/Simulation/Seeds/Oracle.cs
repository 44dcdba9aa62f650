using System.Runtime.CompilerServices;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Simulation.Seeds;

/// <summary>
/// What may be said of a run of snapshots, in the simplest way: zones by the edges alone, alerts by what the readings so far have shown. It notes
/// everything that must not be.
/// </summary>
internal sealed class Oracle(bool isYoung)
{
    private static readonly MemoryThreshold[] Edges =
    [
        MemoryWatchDefaults.ElevatedThreshold, MemoryWatchDefaults.CriticalThreshold, MemoryWatchDefaults.ImminentThreshold,
    ];

    private readonly List<string> _problems = [];
    private MemorySnapshot _before = MemorySnapshot.Empty;
    private CounterOwner _refaultsOwner;
    private long? _lastRefaults;
    private long _refaulted;
    private long _lowest = long.MaxValue;
    private long _highestPeak;
    private long _largestRise;
    private long _file;
    private long _exceptions;
    private int _starts;

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Checks what a tick came to.</summary>
    public void Check(TickReport report, TimeSpan wait, TimeSpan interval)
    {
        var snapshot = report.Snapshot;
        Follow(snapshot);
        Expect(wait >= TimeSpan.FromMilliseconds(100) && wait <= interval, $"it waits for {wait}");
        Expect(snapshot.PeakResidentBytes is null || snapshot.PeakResidentBytes >= snapshot.Process.ResidentBytes, "the peak is below memory");
        Expect(snapshot.Usage.UsedBytes is null or >= 0 && snapshot.Usage.LeastUsedBytes is null or >= 0, "used is negative");
        Expect(!(snapshot.Usage.LeastUsedBytes > snapshot.Usage.UsedBytes), "the lower bound is above the upper one");
        CheckZone(snapshot.Judgement.Used, _before.Judgement.Used, snapshot.Usage.UsedBytes, snapshot.Usage.LimitBytes, "the killing limit");
        CheckZone(snapshot.Judgement.Least, _before.Judgement.Least, snapshot.Usage.LeastUsedBytes, snapshot.Usage.LimitBytes, "the lower bound");
        CheckZone(snapshot.Judgement.Heap, _before.Judgement.Heap, snapshot.HeapUsage.UsedBytes, snapshot.HeapUsage.LimitBytes, "the heap");
        Expect(snapshot.Zone == Worse(snapshot.Judgement.Used, snapshot.Judgement.Heap), "the zone is not that of the nearer limit");
        Expect(report.Alerts.Any(alert => alert is ZoneAlert) == (snapshot.Zone != _before.Zone), "a change of zone is not reported, or is invented");
        foreach (var alert in report.Alerts)
        {
            Expect(IsJustified(alert, snapshot), $"{alert} at {snapshot}, {snapshot.HeapUsage}");
        }

        CheckCollections(report.Collections);
        foreach (var operation in report.LongOperations)
        {
            Expect(operation.Age > report.LongOperation, $"{operation} is not long");
        }

        _before = snapshot;
    }

    /// <summary>Checks that a relief step starts in no better zone than it may, by the lower bound.</summary>
    public void CheckRelief(MemoryZone startsAt, MemorySnapshot snapshot)
    {
        var least = snapshot.Usage.LeastUsedBytes is { } used ? Ceiling(used, snapshot.Usage.LimitBytes) : snapshot.Judgement.Least;
        var heap = snapshot.HeapUsage.LimitBytes is { } limit ? Ceiling(snapshot.HeapUsage.UsedBytes ?? 0, limit) : snapshot.Judgement.Heap;
        Expect(Worse(least, heap) >= startsAt, $"a relief that starts at {startsAt} started at {snapshot}");
        if (snapshot.Usage is { LeastUsedBytes: not null, LimitBytes: not null } && snapshot.HeapUsage.LimitBytes is null)
        {
            var target = MemoryWatchDefaults.ElevatedThreshold.Resolve(snapshot.Usage.LimitBytes);
            Expect(snapshot.Usage.LeastUsedBytes >= target, $"a relief started below its target: {snapshot}");
        }
    }

    /// <summary>Checks that every window of the history is in order, whatever the clock did.</summary>
    public void Check(HistoryKeeper history)
    {
        foreach (var window in (ReadOnlySpan<TimeSpan>)[TimeSpan.FromMinutes(10), TimeSpan.FromHours(2), TimeSpan.FromDays(1), TimeSpan.FromDays(7)])
        {
            var read = history.Read(window, _before, default);
            Expect(read.Points.Count > 0 || _before == MemorySnapshot.Empty, $"{window} has no point");
            for (var i = 0; i < read.Points.Count; i++)
            {
                var point = read.Points[i];
                Expect(point.Time <= read.Time && point.Time > read.Time - window - read.Resolution, $"{point.Time} is not in the {window} before {read.Time}");
                Expect(i == 0 || point.Time - read.Points[i - 1].Time >= read.Resolution, $"{point.Time} does not follow {read.Points[Math.Max(0, i - 1)].Time}");
                Expect(point.UsedMinBytes is null == point.UsedMaxBytes is null && !(point.UsedMinBytes > point.UsedMaxBytes), $"{point} is no range");
            }
        }
    }

    public void Expect(bool isTrue, string what)
    {
        if (!isTrue && _problems.Count < 10)
        {
            _problems.Add(what);
        }
    }

    public void Expect(bool isTrue, [InterpolatedStringHandlerArgument(nameof(isTrue))] Complaint what)
    {
        if (!isTrue)
        {
            Expect(false, what.Read());
        }
    }

    private static MemoryZone Worse(MemoryZone one, MemoryZone other) => one > other ? one : other;

    private static MemoryZone Floor(long used, long? limit) => (MemoryZone)Edges.Count(edge => used >= edge.Resolve(limit));

    private static MemoryZone Ceiling(long used, long? limit) => Floor(used + Margin(limit ?? 0), limit);

    private static long Margin(long limit) => (limit * 3 / 100) + 1;

    private void CheckZone(MemoryZone zone, MemoryZone before, long? used, long? limit, string what)
    {
        if (used is not { } bytes || limit is null)
        {
            return;
        }

        var (floor, ceiling) = (Floor(bytes, limit), Ceiling(bytes, limit));
        Expect(zone >= floor, $"the zone of {what} is {zone}, below {floor}, at {bytes} of {limit}");
        Expect(zone <= floor || (zone <= ceiling && zone <= before), $"the zone of {what} is {zone} after {before}, above {floor}, at {bytes} of {limit}");
    }

    private bool IsJustified(MemoryAlert alert, MemorySnapshot snapshot) => alert switch
    {
        ZoneAlert zone => zone.Zone == snapshot.Zone && zone.Before == _before.Zone
            && (!zone.IsEntered || zone.Usage.UsedBytes >= Edges[(int)zone.Zone - 1].Resolve(zone.Usage.LimitBytes)),
        HighMemoryAlert high => high.Usage.UsedBytes >= high.ThresholdBytes
            && (high.Usage.UsedBytes == snapshot.Usage.UsedBytes || high.Usage.UsedBytes == snapshot.HeapUsage.UsedBytes),
        SpikeAlert spike => spike.IncreaseBytes >= spike.ThresholdBytes && spike.IncreaseBytes <= _largestRise,
        SwingAlert swing => swing.SwingBytes > 0 && swing.SwingBytes <= _largestRise,
        StartAlert start => isYoung && ++_starts == 1 && start.Age >= TimeSpan.Zero && start.UsedBytes <= _highestPeak,
        ThrashingAlert thrashing => thrashing.PressureFullPercent >= 10
            || (thrashing.RefaultedBytes > 0 && thrashing.RefaultedBytes <= _refaulted * Environment.SystemPageSize),
        ThrottlingAlert throttling => throttling.Container.HighUsedBytes >= throttling.Container.HighBytes * 0.9,
        HeldHeapAlert held => snapshot.Managed.IsHeapLimitEnforced
            && held.HeldBytes > 0 && held.HeldBytes <= held.Managed.CommittedBytes,
        OutOfMemoryAlert exceptions => exceptions.Count > 0 && (_exceptions += exceptions.Count) <= snapshot.OutOfMemory!.Count,
        MetricMaximumAlert maximum => maximum.Value > maximum.Maximum && snapshot.Metrics.Any(metric => metric.Value == maximum.Value),
        OperationGrowthAlert growth => growth.ResidentChangeBytes >= growth.ThresholdBytes && growth.Duration >= TimeSpan.Zero,
        LeakAlert leak => leak.Assessment.Verdict == LeakVerdict.Leaking && leak.Assessment.BytesPerHour is { Low: > 0 },
        BudgetAlert budget => budget.Bytes > budget.BudgetBytes && budget.Age >= TimeSpan.Zero,
        _ => false,
    };

    private void CheckCollections(CollectionReport? report)
    {
        if (report is not null)
        {
            Expect(report.Period >= TimeSpan.Zero && report.Pause >= TimeSpan.Zero, $"a period of {report.Period}");
            Expect(report is { Generation0: >= 0, Generation1: >= 0, Generation2: >= 0, FreedBytes: null or >= 0 }, "a counter is negative");
        }
    }

    /// <summary>Adds a snapshot to what the readings so far have shown.</summary>
    private void Follow(MemorySnapshot snapshot)
    {
        var container = snapshot.Container;
        var isSame = container.Owner == _refaultsOwner && container.FileRefaults >= _lastRefaults;
        _refaulted = isSame ? _refaulted + (container.FileRefaults - _lastRefaults)!.Value : 0;
        (_refaultsOwner, _lastRefaults) = (container.Owner, container.FileRefaults);

        // Resident memory without mapped files; where the parts are unknown, the files are as large as they last were.
        var process = snapshot.Process;
        _file = process.FileBackedBytes ?? _file;
        if ((process.AnonymousBytes + process.SharedBytes ?? process.ResidentBytes - _file) is { } counted)
        {
            counted = Math.Max(0, counted);
            var peak = Math.Max(counted, (snapshot.PeakResidentBytes ?? 0) - _file);
            _largestRise = Math.Max(_largestRise, peak - Math.Min(_lowest, counted));
            (_lowest, _highestPeak) = (Math.Min(_lowest, counted), Math.Max(_highestPeak, peak));
        }
    }
}
