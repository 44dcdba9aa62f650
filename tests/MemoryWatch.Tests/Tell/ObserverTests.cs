using System.Collections.Concurrent;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;

namespace MemoryWatch.Tests.Tell;

public sealed class ObserverTests
{
    [Fact]
    public void An_observer_is_told_of_everything_at_the_next_tick()
    {
        var observer = new RecordingObserver();
        using var watch = new WatchHarness(plug: b => b.AddObserver(observer));
        watch.Tick(100);
        using (watch.Watch.Track("Download"))
        {
            watch.Watch.Snapshot("Asked");
        }

        observer.Told.Should().NotContain("entry 1: Download Started", "it is told on the watch's own time");
        watch.Tick(410);
        watch.TickUntil(() => observer.Told.Any(t => t.StartsWith("relief")));

        observer.Told.Should().ContainInOrder("entry 1: Download Started", "entry 2: Asked", "entry 3: Download Completed")
            .And.ContainInOrder("snapshot Explicit Asked in Healthy", "snapshot Tick  in Elevated", "alert high_memory in Elevated", "relief GC");
    }

    [Fact]
    public void An_observer_that_throws_is_reported_once_and_others_are_still_told()
    {
        var good = new RecordingObserver();
        using var watch = new WatchHarness(plug: b => b.AddObserver(new ThrowingObserver()).AddObserver(good));

        watch.Tick();
        watch.Tick();
        watch.Tick();

        watch.Log.Of(LogEvents.PluginFault).Should().ContainSingle().Which.Text.Should().Contain(nameof(ThrowingObserver));
        good.Told.Should().HaveCount(3);
    }

    [Fact]
    public void An_observer_that_hangs_holds_nobody_up_and_sees_the_gap_when_it_is_back()
    {
        using var release = new ManualResetEventSlim();
        var observer = new RecordingObserver { Hang = release };
        var good = new RecordingObserver();
        using var watch = new WatchHarness(plug: b => b.AddObserver(observer).AddObserver(good));
        watch.Tick();
        for (var i = 0; i < Journal.Capacity + 10; i++)
        {
            watch.Watch.Mark("Marked");
        }

        watch.Tick();
        good.Told.Should().Contain("entry 266: Marked");
        observer.Hang = null;
        release.Set();
        watch.Time.Advance(TimeSpan.FromMinutes(1));
        watch.TickUntil(() => observer.Told.Contains("entry 266: Marked"));

        observer.Told.First(t => t.StartsWith("entry")).Should().Be("entry 11: Marked");
    }

    [Fact]
    public void An_observer_may_use_the_watch_without_end_to_it()
    {
        var watch = default(WatchHarness)!;
        var observer = new RecordingObserver { OnEntry = () => watch.Watch.Mark("Echo") };
        using (watch = new WatchHarness(plug: b => b.AddObserver(observer)))
        {
            watch.Watch.Mark("First");

            watch.Tick();
            watch.Tick();

            observer.Told.Should().Contain("entry 2: Echo");
        }
    }

    private sealed class RecordingObserver : IMemoryObserver
    {
        private readonly ConcurrentQueue<string> _told = new();

        public IReadOnlyList<string> Told => [.. _told];

        public ManualResetEventSlim? Hang { get; set; }

        public Action? OnEntry { get; init; }

        public void OnSnapshot(MemorySnapshot snapshot)
        {
            Hang?.Wait();
            _told.Enqueue($"snapshot {snapshot.Trigger} {snapshot.Operation} in {snapshot.Zone}");
        }

        public void OnAlert(MemoryAlert alert, MemorySnapshot snapshot) => _told.Enqueue($"alert {alert.Kind} in {snapshot.Zone}");

        public void OnRelief(ReliefOutcome outcome) => _told.Enqueue($"relief {outcome.Name}");

        void IMemoryObserver.OnEntry(in JournalEntry entry)
        {
            _told.Enqueue($"entry {entry.Sequence}: {entry.Title}");
            OnEntry?.Invoke();
        }
    }

    private sealed class ThrowingObserver : IMemoryObserver
    {
        public void OnSnapshot(MemorySnapshot snapshot) => throw new InvalidOperationException("always");
    }
}
