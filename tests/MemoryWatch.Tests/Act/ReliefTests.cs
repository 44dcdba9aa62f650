using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Act;

public sealed class ReliefTests
{
    [Fact]
    public void Memory_below_the_high_threshold_is_left_to_the_GC()
    {
        using var watch = new WatchHarness();

        watch.Tick(399);
        watch.Tick(399);

        watch.Log.Of(LogEvents.Relief).Should().BeEmpty();
    }

    [Fact]
    public void From_the_high_threshold_a_collection_is_forced_and_its_effect_measured()
    {
        using var watch = new WatchHarness();
        var before = GC.CollectionCount(2);
        watch.Reader.QuickMegabytes = () => GC.CollectionCount(2) > before ? 416.8 : 432.1;

        watch.Tick(432.1);
        watch.TickUntil(() => watch.Log.Of(LogEvents.Relief).Any());

        watch.Log.Of(LogEvents.Relief).Single().Text.Should().MatchRegex(@"^🗑️ GC freed 15\.3 MB: 432\.1 MB -> 416\.8 MB in \d+ ms \| Heap: .+ -> .+ \| Committed: .+ -> .+ \| Used: 432\.1 MB -> 432\.1 MB$");
    }

    [Fact]
    public void Forced_collection_can_be_switched_off()
    {
        var step = new RecordingRelief();
        using var watch = new WatchHarness(o => o.EnableCollectionWhenHigh = false, b => b.AddRelief(step));

        watch.Tick(410);
        watch.TickUntil(() => watch.Log.Of(LogEvents.Relief).Any());

        watch.Log.Of(LogEvents.Relief).Should().OnlyContain(l => l.Text.Contains("Recording"));
    }

    [Fact]
    public void Steps_are_asked_one_at_a_time_in_their_order_and_from_their_zone()
    {
        var order = new List<string>();
        using var watch = new WatchHarness(
            o => o.EnableCollectionWhenHigh = false,
            b => b.AddRelief(new RecordingRelief("Late", MemoryZone.Critical, () => order.Add("Late")))
                .AddRelief(new RecordingRelief("First", MemoryZone.Healthy, () => order.Add("First"))));

        watch.Tick(410);
        watch.TickUntil(() => watch.Log.Of(LogEvents.Relief).Any());
        watch.Tick(455);
        watch.TickUntil(() => watch.Log.Of(LogEvents.Relief).Count() == 2);

        order[..2].Should().Equal("First", "Late");
    }

    [Fact]
    public void A_step_rests_for_its_cool_down_and_longer_each_time_that_it_frees_nothing()
    {
        var step = new RecordingRelief();
        using var watch = WithOnly(step);
        watch.Tick(410);
        watch.TickUntil(() => watch.Log.Of(LogEvents.Relief).Count() == 1);

        watch.Tick(seconds: 119);
        step.Calls.Should().Be(1, "a fruitless step rests for twice its cool-down of a minute");

        watch.Tick(seconds: 2);
        watch.TickUntil(() => watch.Log.Of(LogEvents.Relief).Count() == 2);
        watch.Tick(seconds: 239);
        step.Calls.Should().Be(2);

        watch.Tick(seconds: 2);
        watch.TickUntil(() => step.Calls == 3);
    }

    [Fact]
    public void A_step_that_freed_memory_rests_for_its_plain_cool_down()
    {
        var watch = default(WatchHarness)!;
        var step = new RecordingRelief(onCall: () => watch.Reader.ResidentMegabytes -= 10);
        using (watch = WithOnly(step))
        {
            watch.Tick(450 - 1);
            watch.TickUntil(() => watch.Log.Of(LogEvents.Relief).Count() == 1);

            watch.Tick(seconds: 61);
            watch.TickUntil(() => step.Calls == 2);
        }
    }

    [Fact]
    public void A_worse_zone_does_not_wait_for_the_back_off()
    {
        var step = new RecordingRelief();
        using var watch = WithOnly(step);
        watch.Tick(410);
        watch.TickUntil(() => watch.Log.Of(LogEvents.Relief).Count() == 1);

        watch.Tick(455);

        watch.TickUntil(() => step.Calls == 2);
    }

    [Fact]
    public void A_step_that_throws_is_reported_and_the_next_is_asked()
    {
        var good = new RecordingRelief("Good");
        using var watch = new WatchHarness(
            o => o.EnableCollectionWhenHigh = false,
            b => b.AddRelief(new RecordingRelief("Bad", onCall: () => throw new InvalidOperationException("no\nluck"))).AddRelief(good));

        watch.Tick(410);
        watch.TickUntil(() => good.Calls == 1);

        watch.Log.Of(LogEvents.ReliefFailed).Single().Text.Should().Contain("Bad").And.Contain(@"InvalidOperationException: no\nluck");
    }

    [Fact]
    public void A_step_that_hangs_is_cancelled_then_given_up_and_the_watch_goes_on()
    {
        using var release = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        using var cancelled = new ManualResetEventSlim();
        var hanging = new RecordingRelief("Hanging", onCallWithToken: token =>
        {
            token.Register(cancelled.Set);
            started.Set();
            release.Wait(CancellationToken.None);
        });
        using var watch = WithOnly(hanging);
        watch.Tick(410);
        started.Wait(TimeSpan.FromSeconds(20)).Should().BeTrue();

        watch.Tick(seconds: 10.5);
        cancelled.Wait(TimeSpan.FromSeconds(20)).Should().BeTrue("the time limit of ten seconds has passed");
        watch.Log.Of(LogEvents.ReliefFailed).Should().BeEmpty("it may still clean up");
        watch.Tick(seconds: 1);

        watch.Log.Of(LogEvents.ReliefFailed).Single().Text.Should().Be("🗑️ Hanging failed after 11.5 s: It did not end in time.");
        watch.Watch.Current.Time.Should().Be(watch.Time.GetUtcNow());
        release.Set();
    }

    [Fact]
    public void A_step_that_says_nothing_of_itself_is_left_out()
    {
        using var watch = WithOnly(new NamelessRelief());

        watch.Tick(410);

        watch.Log.Of(LogEvents.PluginFault).Single().Text.Should().Contain(nameof(NamelessRelief));
    }

    [Fact]
    public void Collections_can_be_forced_periodically_whatever_the_memory()
    {
        using var watch = new WatchHarness(o => o.PeriodicCollectionInterval = TimeSpan.FromSeconds(30));

        watch.Tick(seconds: 29);
        watch.Log.Of(LogEvents.Relief).Should().BeEmpty();
        watch.Tick(seconds: 2);

        watch.TickUntil(() => watch.Log.Of(LogEvents.Relief).Any());
    }

    [Fact]
    public void A_heap_that_collects_by_itself_is_left_alone_and_another_is_collected_for_the_leak_verdict()
    {
        using var watch = new WatchHarness(o => o.LeakCollectionInterval = TimeSpan.FromSeconds(30));
        for (var collections = 1; collections <= 5; collections++)
        {
            watch.Reader.Managed = new() { Generation2Collections = collections };
            watch.Tick(seconds: 20);
        }

        watch.Log.Of(LogEvents.Relief).Should().BeEmpty();

        watch.Tick(seconds: 31);

        watch.TickUntil(() => watch.Log.Of(LogEvents.Relief).Any());
    }

    [Fact]
    public void The_GC_report_tells_what_happened_since_the_last_one()
    {
        using var watch = new WatchHarness(o => o.GcReportInterval = TimeSpan.FromMinutes(1));
        watch.Reader.Managed = new()
        {
            HeapBytes = 10 << 20,
            TotalAllocatedBytes = 100 << 20,
            Generation0Collections = 7,
            Generation1Collections = 3,
            Generation2Collections = 1,
            TotalPause = TimeSpan.FromMilliseconds(40),
        };
        watch.Tick();
        watch.Reader.Managed = new()
        {
            HeapBytes = 15 << 20,
            TotalAllocatedBytes = 150 << 20,
            Generation0Collections = 12,
            Generation1Collections = 5,
            Generation2Collections = 2,
            TotalPause = TimeSpan.FromMilliseconds(52),
        };

        watch.Tick(seconds: 60);

        watch.Log.Of(LogEvents.CollectionReport).Single().Text.Should().Be(
            "🗑️ GC report: 5 gen 0, 2 gen 1 and 1 gen 2 collections in 61.0 s | Pause: 12 ms | Freed: 45.0 MB | Allocated: 50.0 MB");
    }

    private static WatchHarness WithOnly(IMemoryRelief relief) => new(o => o.EnableCollectionWhenHigh = false, b => b.AddRelief(relief));

    private sealed class RecordingRelief(
        string name = "Recording", MemoryZone startsAt = MemoryZone.Healthy, Action? onCall = null, Action<CancellationToken>? onCallWithToken = null)
        : IMemoryRelief
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public string Name => name;

        public MemoryZone StartsAt => startsAt;

        public TimeSpan Cooldown => TimeSpan.FromMinutes(1);

        public Task RelieveAsync(CancellationToken cancellationToken)
        {
            onCall?.Invoke();
            onCallWithToken?.Invoke(cancellationToken);
            Interlocked.Increment(ref _calls);
            return Task.CompletedTask;
        }
    }

    private sealed class NamelessRelief : IMemoryRelief
    {
        public string Name => throw new InvalidOperationException("no name");

        public Task RelieveAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
