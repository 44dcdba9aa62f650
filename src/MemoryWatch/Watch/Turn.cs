using MemoryWatch.Act;
using MemoryWatch.Judge;
using MemoryWatch.Read;
using MemoryWatch.Tell;
using MemoryWatch.Track;

namespace MemoryWatch.Watch;

/// <summary>
/// Runs one tick of the watch: read, judge, tell, act. Used by the watch thread only; if nothing happens, it allocates only the snapshot and its
/// report.
/// </summary>
internal sealed class Turn(
    Sampler sampler, OperationTracker operations, ResidentProbe probe, IPacer pacer, MemoryJudge judge, FindingHistory findings,
    ReliefLadder ladder, Teller teller, MemorySnapshot first, TimeProvider time)
{
    private const double HalfFull = 0.5;
    private static readonly TimeSpan LongestCollection = TimeSpan.FromSeconds(1);

    private readonly TickPace _pace = new(time);
    private readonly PeriodicTask _check = new(time);
    private readonly PeriodicTask _collections = new(time);
    private readonly PeriodicTask _collection = new(time);
    private ManagedReading _reported = first.Managed;
    private ZoneJudgement _judgement;

    /// <summary>Keeps what the operations that can be cancelled take; <see langword="null"/> if none is to be cancelled.</summary>
    public FattestFinder? Fattest { get; init; }

    /// <summary>Reads memory and judges the snapshot.</summary>
    public TickReport Judge(WatchSettings settings)
    {
        operations.Clock.Set();
        var snapshot = sampler.Tick(settings.LimitBytes);
        sampler.AddSurroundings(snapshot, Zones.Next(_judgement, snapshot, settings.Judging).Zone);
        var isCheck = _check.IsDue(settings.PeriodicInterval, out _);
        var report = judge.Judge(snapshot, settings.Judging, isCheck, Collections(snapshot, settings.GcReportInterval));
        _judgement = snapshot.Judgement;
        Fattest?.Keep(snapshot);
        if (Array.Exists(report.Alerts, static alert => alert.Cause is { } cause && cause.OutsideChangeBytes > cause.ResidentChangeBytes))
        {
            sampler.AddNeighbors(snapshot);
        }

        return findings.Keep(report);
    }

    /// <summary>Passes the report to the tell layer and relieves memory if needed.</summary>
    /// <returns>Time to wait for the next tick.</returns>
    public TimeSpan Finish(TickReport report, WatchSettings settings)
    {
        teller.Tell(report);
        Relieve(report, settings);
        teller.Deliver();
        var mayCall = _pace.SinceLast >= TickPace.Shortest;
        var wait = _pace.Next(judge.SecondsAtPace, settings.Interval);
        if (report.Snapshot.Judgement.NeedsCollection)
        {
            // The end of the GC wakes this thread. A tick before it would know no more than this one.
            pacer.CallFromHeap(null);
            return LongestCollection;
        }

        ExpectCalls(report.Snapshot, settings, mayCall, isClimbing: wait < settings.Interval);
        return wait;
    }

    private CollectionReport? Collections(MemorySnapshot snapshot, TimeSpan interval)
    {
        if (!_collections.IsDue(interval, out var period))
        {
            return null;
        }

        var report = CollectionReport.Between(period, _reported, snapshot.Managed);
        _reported = snapshot.Managed;
        return report;
    }

    private void Relieve(TickReport report, WatchSettings settings)
    {
        ladder.Use(new(settings.EnableCollectionWhenHigh, settings.CollectionCooldown, settings.TrimsNativeHeap, settings.OnlyObservesRelief));
        if (_collection.IsDue(settings.PeriodicCollectionInterval, out _)
            || (settings.LeakCollectionInterval > TimeSpan.Zero && report.SinceCollection >= settings.LeakCollectionInterval))
        {
            ladder.Collect(report.Snapshot.Judgement.ActingZone, ReliefLadder.ModeFor(report.Snapshot));
        }

        var (ended, preview, isExhausted) = ladder.Advance(report);
        if (preview is not null)
        {
            teller.Tell(preview);
        }

        if (isExhausted)
        {
            teller.TellExhausted(report.Snapshot);
        }

        if (ended is { } outcome)
        {
            sampler.ForgetNativeHeap();
            teller.Tell(outcome);
            if (outcome.Name == CollectionRelief.StepName && report.IsHigh)
            {
                findings.Keep(outcome);
            }
        }

        if (report.Snapshot.Judgement.NeedsCollection)
        {
            ladder.Collect(MemoryZone.Healthy, CollectionMode.Verifying);
        }

        if (settings.EnableCollectionWhenHigh && !settings.OnlyObservesRelief && Array.Exists(report.Alerts, static alert => alert is HeldHeapAlert))
        {
            // Only an aggressive GC returns memory that the GC holds.
            ladder.Collect(MemoryZone.Critical, CollectionMode.Aggressive);
        }
    }

    /// <summary>
    /// Allows one early tick for a jump seen at an operation's end or for an operation that exceeds its budget, but these are never closer together
    /// than the shortest tick interval. Also allows one for a heap that reaches its next edge.
    /// </summary>
    private void ExpectCalls(MemorySnapshot snapshot, WatchSettings settings, bool mayCall, bool isClimbing)
    {
        var spike = settings.Judging.Spike.Resolve(snapshot.Usage.LimitBytes);
        probe.CallFrom(mayCall ? snapshot.Process.ResidentBytes + spike : null);
        operations.Store.Handover.Expect(spike, mayCall);

        // A heap that is elevated, or half full and growing, may reach its limit before the next tick. Each edge calls once, so these ticks need
        // no pause between them.
        var isNear = snapshot.Judgement.Heap > MemoryZone.Healthy || (isClimbing && snapshot.HeapUsage.Fraction >= HalfFull);
        pacer.CallFromHeap(isNear ? Zones.NextHeapEdge(snapshot, settings.Judging) : null);
    }
}
