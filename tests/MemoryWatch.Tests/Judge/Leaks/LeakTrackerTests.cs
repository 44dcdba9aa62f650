using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;

namespace MemoryWatch.Tests.Judge.Leaks;

public sealed class LeakTrackerTests
{
    private readonly LeakTracker _tracker = new(new OperationStore(() => { }), []);
    private readonly List<MemoryAlert> _alerts = [];
    private int _second;

    [Fact]
    public void The_managed_heap_is_judged_by_what_lives_after_gen_2_collections()
    {
        Run(3600, i => (50 + (i / 60.0), i / 60, 40));

        _alerts.Should().ContainSingle().Which.Should().BeOfType<LeakAlert>().Which.Assessment.Track.Should().Be(LeakTrack.Managed);
        _tracker.Native!.Verdict.Should().Be(LeakVerdict.NotLeaking);
    }

    [Fact]
    public void A_heap_that_was_never_collected_is_not_judged()
    {
        Run(3600, i => (50 + (i / 60.0), 0, 40));

        (_tracker.Managed!.Verdict, _tracker.Managed.HeldBackBy).Should().Be((LeakVerdict.WarmingUp, LeakGate.TooFewCollections));
        _tracker.SinceCollection.Should().BeCloseTo(TimeSpan.FromHours(1), TimeSpan.FromSeconds(2));
        _alerts.Should().BeEmpty();
    }

    [Fact]
    public void The_time_since_a_collection_is_known()
    {
        Run(3600, i => (50, i / 120, 40));

        _tracker.SinceCollection.Should().BeLessThan(TimeSpan.FromSeconds(121));
    }

    [Fact]
    public void A_leak_is_reported_once_and_again_when_its_rate_has_doubled()
    {
        Run(3600, i => (50, 0, 40 + (i / 60.0)));
        Run(3 * 3600, i => (50, 0, 100 + (i / 20.0)));

        _alerts.OfType<LeakAlert>().Select(alert => (alert.Assessment.Track, alert.IsWorse)).Should().Equal(
            (LeakTrack.Native, false), (LeakTrack.Native, true));
        _alerts[0].Describe().Should().StartWith("⚠️ MEMORY LEAK: Leak (native): confirmed, +");
    }

    [Fact]
    public void Keeping_a_snapshot_allocates_nothing_unless_a_floor_is_complete()
    {
        Run(700, i => (50, 0, 40));
        var snapshot = Snapshot(50, 0, 40);
        long least = long.MaxValue;
        for (var i = 0; i < 20; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            _tracker.Keep(snapshot, TimeSpan.FromSeconds(++_second), _alerts);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        least.Should().Be(0);
    }

    private void Run(int seconds, Func<int, (double Live, int Collections, double Native)> at)
    {
        for (var i = 0; i < seconds; i++)
        {
            var (live, collections, native) = at(i);
            _tracker.Keep(Snapshot(live, collections, native), TimeSpan.FromSeconds(_second++), _alerts);
        }
    }

    private static MemorySnapshot Snapshot(double live, int collections, double native) => new()
    {
        Process = new() { AnonymousBytes = Bytes.Megabytes(live + native) },
        Managed = new() { LiveBytes = Bytes.Megabytes(live), CommittedBytes = Bytes.Megabytes(live), Generation2Collections = collections },
        Usage = new() { UsedBytes = Bytes.Megabytes(live + native), LimitBytes = Bytes.Megabytes(512), Source = LimitSource.Container },
    };
}
