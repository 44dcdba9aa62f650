using MemoryWatch.Act;
using MemoryWatch.Judge;
using MemoryWatch.Tell;

namespace MemoryWatch.Watch;

/// <summary>
/// One turn of the watch, the whole way through the house: read, judge, act, tell. Used by the watch thread only;
/// allocates nothing while nothing happens.
/// </summary>
internal sealed class Tick(
    WatchCore core, Detectors detectors, Diagnostician diagnostician, ReliefLadder ladder, ReliefStep collection)
{
    private readonly TickPace _pace = new(core.Time);
    private readonly PeriodicTask _check = new(core.Time);
    private readonly PeriodicTask _report = new(core.Time);
    private readonly PeriodicTask _collection = new(core.Time);
    private readonly ObserverHub _hub = core.Hub;
    private ManagedReading _reported = core.Latest.Value.Managed;

    /// <returns>How long to wait for the next.</returns>
    public TimeSpan Run()
    {
        var current = core.Settings;
        if (!current.Enabled)
        {
            return current.Interval;
        }

        core.Operations.Clock.Set();
        var snapshot = core.Sampler.Tick();
        var zone = detectors.Zone;
        var found = detectors.Inspect(snapshot);
        var alerts = diagnostician.Inspect(snapshot, found, isZoneEntered: detectors.Zone > zone, current.Detection);
        core.Latest.Set(snapshot);
        _hub.Tell(snapshot);
        for (var i = 0; i < alerts.Count; i++)
        {
            _hub.Tell(alerts[i], snapshot);
        }

        Relieve(current);
        Report(current, snapshot);
        _hub.Deliver();
        ExpectCalls(current, snapshot);
        return _pace.Next(snapshot.Usage, current.Interval);
    }

    /// <summary>
    /// A jump seen at a scope's end and an operation that took too much are judged at once, but such calls come no faster
    /// than ticks may.
    /// </summary>
    private void ExpectCalls(WatchSettings current, in MemorySnapshot snapshot)
    {
        var mayCall = _pace.SinceLast >= TickPace.Shortest;
        var spike = current.Detection.Spike.Resolve(snapshot.Usage.LimitBytes);
        core.Probe.CallFrom(mayCall ? snapshot.Process.ResidentBytes + spike : null);
        core.Operations.Handover.Expect(spike, mayCall);
    }

    private void Relieve(WatchSettings current)
    {
        if (_collection.IsDue(current.PeriodicCollection, out _))
        {
            ladder.TryStart(collection, detectors.Zone);
        }

        if (ladder.Advance(detectors.Zone, detectors.IsHigh) is { } outcome)
        {
            _hub.Tell(outcome);
        }
    }

    private void Report(WatchSettings current, in MemorySnapshot snapshot)
    {
        if (_check.IsDue(current.PeriodicInterval, out _))
        {
            _hub.Tell(snapshot with { Trigger = SnapshotTrigger.Periodic, Operation = "Periodic Check" });
        }

        if (_report.IsDue(current.GcReportInterval, out var period))
        {
            var report = CollectionReport.Between(period, _reported, snapshot.Managed);
            _reported = snapshot.Managed;
            WatchLog.CollectionReport(
                core.Logger,
                report.Generation0,
                report.Generation1,
                report.Generation2,
                MemoryText.Duration(report.Period),
                MemoryText.Duration(report.Pause),
                MemoryText.Megabytes(report.FreedBytes),
                MemoryText.Megabytes(report.AllocatedBytes));
        }
    }
}
