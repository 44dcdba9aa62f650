using MemoryWatch.Tell;
using MemoryWatch.Tests.Read;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;

namespace MemoryWatch.Tests.Judge.Uncollected;

/// <summary>With real garbage collections, which are those of all tests: so it runs alone.</summary>
[Collection(RunsAlone.Name)]
public sealed class ExpectCollectedTests
{
    [Fact]
    public void Objects_that_are_gone_are_no_alert()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        Kept.Drop(watch.Watch, 50, "UserSession");
        Kept.Drop(watch.Watch, 3, "Buffer", () => new byte[200_000]);
        Kept.Drop(watch.Watch, 50, "Finalizable", () => new Finalizable());

        Look(watch, seconds: 120);

        Lines(watch).Should().BeEmpty();
    }

    [Fact]
    public void Those_that_stay_are_one_alert_with_their_name_number_and_age()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        var held = Kept.Hold(watch.Watch, 5, i => $"UserSession {i}");
        Kept.Drop(watch.Watch, 5, "UserSession 99");

        Look(watch, seconds: 191);
        Look(watch, seconds: 60);

        var line = Lines(watch).Should().ContainSingle().Which;
        line.Text.Should().StartWith(
            "⚠️ NOT COLLECTED: 5 UserSession (UserSession 0, UserSession 1, UserSession 2, …) still alive up to 191.0 s after they were expected to be "
            + "collected: something still references them; look for static lists, event handlers and timers");
        line.State["object"].Should().Be("UserSession");
        line.State["count"].Should().Be(5L);
        line.Level.Should().Be(Microsoft.Extensions.Logging.LogLevel.Warning);
        GC.KeepAlive(held);
    }

    [Fact]
    public void One_may_be_the_last_of_its_kind_in_a_variable_and_is_information()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        var held = Kept.Hold(watch.Watch, 1, _ => "UserSession");

        Look(watch, seconds: 61);

        var line = Lines(watch).Should().ContainSingle().Which;
        line.Text.Should().StartWith("⚠️ NOT COLLECTED: 1 UserSession still alive 61.0 s after it was expected to be collected: something still references it;");
        line.Level.Should().Be(Microsoft.Extensions.Logging.LogLevel.Information);
        GC.KeepAlive(held);
    }

    [Fact]
    public void Contexts_say_which_ones_and_hostile_text_makes_no_line()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        var held = new List<object> { new(), new(), new() };
        watch.Watch.ExpectCollected(held[0], "UserSession", "User 7");
        watch.Watch.ExpectCollected(held[1], "UserSession 9", "User 9");
        watch.Watch.ExpectCollected(held[2], "UserSession", "x\ny");

        Look(watch, seconds: 61);

        Lines(watch).Single().Text.Should().Contain(@"3 UserSession (User 7, UserSession 9 User 9, x\ny) still alive");
        GC.KeepAlive(held);
    }

    [Fact]
    public void Beyond_64_names_they_are_other()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        var held = Kept.Hold(watch.Watch, 70, i => "Kind" + (char)('A' + (i / 26)) + (char)('A' + (i % 26)));

        Look(watch, seconds: 61);

        Lines(watch).Should().HaveCount(65);
        Lines(watch).Should().ContainSingle(line => (string)line.State["object"]! == "other").Which.State["count"].Should().Be(6L);
        GC.KeepAlive(held);
    }

    [Fact]
    public void Neither_time_alone_nor_collections_alone_suffice()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        var held = Kept.Hold(watch.Watch, 5, _ => "UserSession");

        Look(watch, seconds: 3600, collections: 0);
        Lines(watch).Should().BeEmpty("nothing was collected");

        var others = Kept.Hold(watch.Watch, 5, _ => "Download");
        Look(watch, seconds: 59, collections: 20);
        Lines(watch).Should().ContainSingle("the others are too young").Which.Text.Should().Contain("UserSession");
        GC.KeepAlive((held, others));
    }

    [Fact]
    public void It_is_said_again_when_their_number_has_doubled()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        var held = Kept.Hold(watch.Watch, 4, _ => "UserSession");
        Look(watch, seconds: 61);
        held.AddRange(Kept.Hold(watch.Watch, 3, _ => "UserSession"));
        Look(watch, seconds: 61);
        Lines(watch).Should().HaveCount(1);

        held.AddRange(Kept.Hold(watch.Watch, 1, _ => "UserSession"));
        Look(watch, seconds: 61);
        Lines(watch).Should().HaveCount(2);
        GC.KeepAlive(held);
    }

    [Fact]
    public void After_they_were_collected_the_next_one_is_news()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        var held = Kept.Hold(watch.Watch, 4, _ => "UserSession");
        Look(watch, seconds: 61);
        held.Clear();
        Look(watch, seconds: 61);
        held.AddRange(Kept.Hold(watch.Watch, 2, _ => "UserSession"));
        Look(watch, seconds: 61);

        Lines(watch).Should().HaveCount(2);
        GC.KeepAlive(held);
    }

    [Fact]
    public void An_object_that_its_finalizer_makes_reachable_again_counts_as_collected()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        Kept.Drop(watch.Watch, 10, "Resurrected", () => new Resurrected());

        Look(watch, seconds: 120, collections: 6);

        Resurrected.All.Should().NotBeEmpty();
        Lines(watch).Should().BeEmpty();
    }

    [Fact]
    public void An_object_registered_twice_counts_once()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        var held = Kept.Hold(watch.Watch, 3, _ => "UserSession");
        held.ForEach(target => watch.Watch.ExpectCollected(target, "UserSession"));

        Look(watch, seconds: 61);

        Lines(watch).Single().State["count"].Should().Be(3L);
        GC.KeepAlive(held);
    }

    [Fact]
    public void Of_a_hundred_thousand_ten_thousand_are_followed_and_that_is_said_once()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        var held = Kept.Hold(watch.Watch, 100_000, i => $"Item {i}");

        Look(watch, seconds: 61);
        for (var tick = 0; tick < 20; tick++)
        {
            watch.Tick();
        }

        watch.Log.Of(LogEvents.TooManyExpected).Should().ContainSingle().Which.Text.Should().StartWith("10000 objects are expected to be collected");
        Lines(watch).Should().ContainSingle().Which.State["count"].Should().Be((long)ExpectedObjects.Most);
        GC.KeepAlive(held);
    }

    [Fact]
    public void When_some_were_collected_there_is_room_again()
    {
        using var objects = new ExpectedObjects(TimeProvider.System);
        Fill(objects);
        objects.Add(new object(), "One more", default).Should().BeFalse();
        Kept.Collect(1);

        objects.Look(0, ExpectedObjects.Most, _ => { });

        objects.Count.Should().BeLessThan(10);
        objects.Add(new object(), "One more", default).Should().BeTrue();
        objects.Places.Should().Be(ExpectedObjects.Most);
    }

    [Fact]
    public void A_string_is_not_kept_alive_by_its_own_name()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        Kept.Drop(watch.Watch, 1, "Text", () => Guid.NewGuid().ToString());
        DropText(watch.Watch);

        Look(watch, seconds: 120);

        Lines(watch).Should().BeEmpty();

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void DropText(IMemoryWatch watch)
        {
            var text = new string('x', 10);
            watch.ExpectCollected(text, text);
        }
    }

    [Fact]
    public void A_tick_with_objects_in_order_allocates_little()
    {
        using var objects = new ExpectedObjects(TimeProvider.System);
        var held = new List<object>();
        for (var i = 0; i < 3000; i++)
        {
            held.Add(new());
            objects.Add(held[^1], "UserSession", default);
        }

        var judge = new MemoryWatch.Judge.UncollectedJudge(objects);
        var alerts = new List<MemoryAlert>();
        var collections = GC.CollectionCount(2);

        SpinWait.SpinUntil(
            () =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                judge.Judge(++collections, alerts);
                return GC.GetAllocatedBytesForCurrentThread() == before;
            },
            TimeSpan.FromSeconds(20)).Should().BeTrue();
        alerts.Should().BeEmpty("all of them are young");
        GC.KeepAlive(held);
    }

    [Fact]
    public void Threads_may_register_while_the_watch_looks()
    {
        using var objects = new ExpectedObjects(TimeProvider.System);
        Parallel.For(0, 20_000, i =>
        {
            objects.Add(new object(), "UserSession", "User 5");
            if (i % 100 == 0)
            {
                objects.Look(0, ExpectedObjects.Most, _ => { });
            }
        });
        Kept.Collect(1);
        objects.Look(0, ExpectedObjects.Most, _ => { });

        objects.Count.Should().BeLessThan(100);
    }

    [Fact]
    public void A_watch_that_is_off_or_stopped_or_none_follows_nothing_but_checks_its_arguments()
    {
        using var off = new WatchHarness(o => o.Enabled = false);
        using var stopped = new WatchHarness();
        stopped.Watch.Dispose();
        foreach (var watch in (IMemoryWatch[])[off.Watch, stopped.Watch, MemoryWatcher.None, new OwnWatch()])
        {
            watch.ExpectCollected(new object(), "UserSession");
            watch.Invoking(w => w.ExpectCollected(null!, "UserSession")).Should().Throw<ArgumentNullException>().WithParameterName("target");
            watch.Invoking(w => w.ExpectCollected(new object(), null!)).Should().Throw<ArgumentNullException>().WithParameterName("name");
        }
    }

    private static void Look(WatchHarness watch, double seconds, int collections = 3)
    {
        Kept.Collect(collections);
        watch.Reader.Managed = new() { Generation2Collections = GC.CollectionCount(2) };
        watch.Tick(seconds: seconds);
    }

    private static List<LogLine> Lines(WatchHarness watch) => [.. watch.Log.Of(LogEvents.UncollectedObjects)];

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Fill(ExpectedObjects objects)
    {
        for (var i = 0; i < ExpectedObjects.Most; i++)
        {
            objects.Add(new object(), "UserSession", default).Should().BeTrue();
        }
    }

    private sealed class Finalizable
    {
        ~Finalizable() => GC.KeepAlive(this);
    }

    private sealed class Resurrected
    {
        public static readonly System.Collections.Concurrent.ConcurrentBag<Resurrected> All = [];

        ~Resurrected() => All.Add(this);
    }

    /// <summary>A watch of a test of the application, from before there was this member.</summary>
    private sealed class OwnWatch : IMemoryWatch
    {
        public MemorySnapshot Current => MemorySnapshot.Empty;

        public IReadOnlyList<JournalEntry> RecentEntries => [];

        public IReadOnlyList<OperationInFlight> InFlight => [];

        public IReadOnlyList<OperationTotals> TotalsByName => [];

        public MemorySnapshot Snapshot(string name, OperationContext context = default) => MemorySnapshot.Empty;

        public void Mark(string name, OperationContext context = default)
        {
        }

        public OperationScope Track(string name, OperationContext context = default) => OperationScope.None;
    }
}
