using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// Follows the managed and the native memory of this process, and raises an alert when a leak is confirmed. Used by the watch thread only. Keeping
/// a snapshot allocates nothing.
/// </summary>
/// <param name="operations">The operations in flight, and how many have ended.</param>
/// <param name="metrics">The metrics of each snapshot.</param>
internal sealed class LeakTracker(OperationStore operations, IReadOnlyList<MetricDefinition> metrics)
{
    /// <summary>Number of operation names, the oldest ones, that memory is compared with.</summary>
    private const int MostOperations = 24;

    private readonly LoadNames _load = LoadNames.Of(metrics, MostOperations);
    private readonly double[] _loads = new double[Math.Min(metrics.Count, LoadNames.MostMetrics) + MostOperations];
    private readonly LeakAlarm _managedAlarm = new();
    private readonly LeakAlarm _nativeAlarm = new();
    private LeakCourse? _managed;
    private LeakCourse? _native;
    private MemorySnapshot _last = MemorySnapshot.Empty;
    private double _collected;
    private int _collections = -1;

    /// <summary>The last judgment of the managed heap; <see langword="null"/> before the first snapshot.</summary>
    public LeakAssessment? Managed { get; private set; }

    /// <summary>The last judgment of native memory; <see langword="null"/> before the first snapshot.</summary>
    public LeakAssessment? Native { get; private set; }

    /// <summary>All judgments, replaced when one of them is.</summary>
    public IReadOnlyList<LeakAssessment> Assessments { get; private set; } = [];

    /// <summary>Time since the last gen-2 GC that was seen, or since the first snapshot.</summary>
    public TimeSpan SinceCollection { get; private set; }

    /// <summary>Keeps a snapshot, and judges a memory that has a new floor.</summary>
    /// <param name="snapshot">Snapshot of this tick.</param>
    /// <param name="elapsed">Its time, from any beginning.</param>
    /// <param name="alerts">Receives an alert for each leak that is confirmed or has become worse.</param>
    public void Keep(MemorySnapshot snapshot, TimeSpan elapsed, List<MemoryAlert> alerts)
    {
        var now = elapsed.TotalSeconds;
        _last = snapshot;
        _managed ??= new(LeakTrack.Managed, _load);
        _native ??= new(LeakTrack.Native, _load);
        Fill(snapshot);
        var isIdle = operations.InFlight.Count == 0;
        if (snapshot.Split.NativeBytes is { } native && _native.Add(now, native, _loads, isIdle))
        {
            Native = _nativeAlarm.Next(JudgeNative(_native), alerts);
        }

        var collections = snapshot.Managed.Generation2Collections;
        if (collections != _collections)
        {
            // The numbers of a GC from before the first snapshot are as old as that GC.
            var isSeen = _collections >= 0;
            (_collections, _collected) = (collections, now);
            if (isSeen && snapshot.Managed.LiveBytes is { } live && _managed.Add(now, live, _loads, isIdle))
            {
                Managed = _managedAlarm.Next(JudgeManaged(_managed), alerts);
            }
        }

        SinceCollection = TimeSpan.FromSeconds(Math.Max(0, now - _collected));
        Managed ??= JudgeManaged(_managed);
        Native ??= JudgeNative(_native);
        if (Assessments is not [var managed, var other] || managed != Managed || other != Native)
        {
            Assessments = [Managed, Native];
        }
    }

    private LeakAssessment JudgeManaged(LeakCourse course) => course.Judge(LeakLimit.Of(_last.Usage, _last.HeapUsage), NameOf);

    private LeakAssessment JudgeNative(LeakCourse course) => course.Judge(LeakLimit.Of(_last.Usage), NameOf);

    private string NameOf(int index) => operations.Totals.All[index].Name;

    private void Fill(MemorySnapshot snapshot)
    {
        for (var i = 0; i < _load.Metrics.Count; i++)
        {
            _loads[i] = i < snapshot.Metrics.Count && snapshot.Metrics[i].Value is { } value ? value : double.NaN;
        }

        var all = operations.Totals.All;
        for (var i = 0; i < MostOperations; i++)
        {
            _loads[_load.Metrics.Count + i] = i < all.Length ? all[i].ReadOwn().Count : 0;
        }
    }
}
