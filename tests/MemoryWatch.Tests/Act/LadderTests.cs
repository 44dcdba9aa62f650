using MemoryWatch.Act;

namespace MemoryWatch.Tests.Act;

/// <summary>In which order steps are called, when the ladder stops, and how far it says that it has come.</summary>
public sealed class LadderTests
{
    [Fact]
    public void Steps_are_called_by_their_stage_whatever_the_order_of_registration()
    {
        var stages = Enum.GetValues<ReliefStage>();
        using var bench = new LadderBench([.. Enumerable.Reverse(stages).Select(stage => new FakeStep($"{stage}", stage))]);

        bench.Tick(430);
        bench.Ticks(20);

        bench.Called.Should().Equal(stages.Select(stage => $"{stage}"));
    }

    [Fact]
    public void The_native_heap_is_trimmed_before_the_GC_and_after_it()
    {
        NativeHeapRelief Trim(string name, ReliefStage stage) => new(name, stage, static () => { }, static () => null);
        using var bench = new LadderBench(
            [new FakeStep("Sessions"), new FakeStep("Caches", ReliefStage.Cache)], [Trim("Before", ReliefStage.NativeHeap), Trim("After", ReliefStage.Collection)]);
        bench.Rules = bench.Rules with { Collects = true };

        bench.Tick(430);
        bench.Ticks(20);
        bench.Called.Should().Equal("Caches", "Before", "GC", "After", "Sessions");

        bench.Rules = bench.Rules with { TrimsNativeHeap = false };
        bench.Outcomes.Clear();
        bench.Ticks(3600);
        bench.Called.Should().NotBeEmpty().And.NotContain(["Before", "After"]);
    }

    [Fact]
    public void What_comes_after_the_GC_is_not_called_without_one()
    {
        using var bench = new LadderBench([], [new("After", ReliefStage.Collection, static () => { }, static () => null)]);

        bench.Tick(430);

        bench.Ticks(20).Should().Be(ReliefStanding.Exhausted);
        bench.Outcomes.Should().BeEmpty();
    }

    [Fact]
    public void The_ladder_stops_as_soon_as_memory_is_below_the_target()
    {
        var (first, second, third) = (new FakeStep("First"), new FakeStep("Second"), new FakeStep("Third"));
        using var bench = new LadderBench([first, second, third]);
        first.OnCall = _ => bench.Used = 395;
        second.OnCall = _ => bench.Used = 349;

        bench.Tick(430).Should().Be(ReliefStanding.Relieving);
        bench.Ticks(10).Should().Be(ReliefStanding.Reached);

        bench.Called.Should().Equal("First", "Second");
        third.Calls.Should().Be(0);
    }

    [Fact]
    public void Between_the_target_and_the_high_threshold_it_goes_on_to_steps_that_it_has_not_called_and_repeats_none()
    {
        var (first, second) = (new FakeStep("First"), new FakeStep("Second"));
        using var bench = new LadderBench([first, second]);
        first.OnCall = _ => bench.Used = 370;

        bench.Tick(430);
        bench.Ticks(3600).Should().Be(ReliefStanding.None, "memory is no longer high, and nothing is left that was not called");

        bench.Called.Should().Equal("First", "Second");
    }

    [Fact]
    public void Memory_between_the_target_and_the_high_threshold_is_no_reason_to_begin()
    {
        var step = new FakeStep("Step");
        using var bench = new LadderBench([step]);

        bench.Tick(399);

        bench.Ticks(600).Should().Be(ReliefStanding.None);
        step.Calls.Should().Be(0);
    }

    [Fact]
    public void The_target_can_be_set()
    {
        var step = new FakeStep("Step");
        using var bench = new LadderBench([step, new FakeStep("Next")]);
        bench.Settings = bench.Settings with { ReliefTarget = "400MB" };
        step.OnCall = _ => bench.Used = 399;

        bench.Tick(430);

        bench.Ticks(5).Should().Be(ReliefStanding.Reached);
        bench.Called.Should().Equal("Step");
    }

    [Fact]
    public void A_target_that_is_set_while_relief_is_on_is_in_force_at_the_next_tick()
    {
        using var bench = new LadderBench([new FakeStep("Step"), new FakeStep("Next")]);
        bench.Tick(430);

        bench.Settings = bench.Settings with { ReliefTarget = "450MB" };

        bench.Tick();
        bench.Ticks(5).Should().Be(ReliefStanding.Reached);
        bench.Called.Should().Equal("Step");
    }

    [Fact]
    public void An_upper_bound_alone_starts_nothing()
    {
        var step = new FakeStep("Step");
        using var bench = new LadderBench([step]) { LeastUsed = 300 };

        bench.Tick(505);

        bench.Ticks(10).Should().Be(ReliefStanding.None);
        step.Calls.Should().Be(0);
    }

    [Fact]
    public void The_zone_of_a_step_is_that_of_the_lower_bound()
    {
        var (mild, critical) = (new FakeStep("Mild"), new FakeStep("Critical", from: MemoryZone.Critical));
        var zones = new List<MemoryZone>();
        mild.OnCall = zones.Add;
        using var bench = new LadderBench([mild, critical]) { LeastUsed = 410 };

        bench.Tick(505);
        bench.Ticks(10);

        bench.Called.Should().Equal("Mild");
        zones.Should().Equal(MemoryZone.Elevated);
    }

    [Fact]
    public void Last_resorts_wait_until_every_step_before_them_was_called()
    {
        var (useful, last) = (new FakeStep("Useful"), new FakeStep("Last", ReliefStage.Restart));
        using var bench = new LadderBench([last, useful]);
        useful.OnCall = _ => bench.Used = 300;
        bench.Tick(430);
        bench.Tick().Should().Be(ReliefStanding.Reached);

        // Memory is back at once. What has just helped may help again, and only rests.
        bench.Tick(430);
        bench.Ticks(50).Should().Be(ReliefStanding.Relieving);
        last.Calls.Should().Be(0);

        useful.OnCall = null;
        bench.Ticks(15);
        bench.Called.Should().Equal("Useful", "Useful", "Last");
    }

    [Fact]
    public void Last_resorts_do_not_wait_for_a_step_that_rests_for_longer_than_memory_may_last()
    {
        var (useful, last) = (new FakeStep("Useful"), new FakeStep("Last", ReliefStage.Restart));
        using var bench = new LadderBench([last, useful]);
        useful.OnCall = _ => bench.Used = 300;
        bench.Tick(430);
        bench.Tick().Should().Be(ReliefStanding.Reached);

        bench.LimitIn = useful.Cooldown * 2;
        bench.Tick(430).Should().Be(ReliefStanding.Relieving, "the step may help again in time");
        bench.LimitIn = useful.Cooldown / 4;
        bench.Tick().Should().Be(ReliefStanding.Relieving, "the last resort has been called");

        bench.Ticks(2);
        bench.Called.Should().Equal("Useful", "Last");
    }

    [Fact]
    public void A_step_that_helped_does_not_rest_if_memory_was_below_the_target_and_is_critical_again()
    {
        var (useful, useless) = (new FakeStep("Useful"), new FakeStep("Useless", ReliefStage.NativeHeap));
        using var bench = new LadderBench([useful, useless]);
        useful.OnCall = _ => bench.Used = 300;

        for (var i = 0; i < 5; i++)
        {
            bench.Tick(460);
            bench.Ticks(4).Should().Be(ReliefStanding.Reached);
        }

        useful.Calls.Should().Be(5);
        useless.Calls.Should().Be(1, "it freed nothing");

        bench.Tick(440);
        bench.Ticks(5).Should().Be(ReliefStanding.Relieving, "in a milder zone there is time to rest");
        useful.Calls.Should().Be(5);
    }

    [Fact]
    public void A_last_resort_is_not_called_in_a_milder_zone_than_its_own()
    {
        var last = new FakeStep("Last", ReliefStage.Cancel, MemoryZone.Imminent);
        using var bench = new LadderBench([new FakeStep("First"), last]);

        bench.Tick(470);
        bench.Ticks(10).Should().Be(ReliefStanding.Exhausted);
        last.Calls.Should().Be(0);

        bench.Tick(505);
        bench.Ticks(5);
        bench.Called.Should().Equal("First", "First", "Last");
    }

    [Fact]
    public void Nothing_left_to_try_is_exhausted_and_news_once_for_each_zone()
    {
        using var bench = new LadderBench([new FakeStep("Step")]);

        bench.Tick(410).Should().Be(ReliefStanding.Relieving);
        bench.Ticks(5).Should().Be(ReliefStanding.Exhausted);
        bench.Ticks(300);
        bench.Exhaustions.Should().Be(1);

        bench.Tick(460).Should().Be(ReliefStanding.Relieving, "in a worse zone the step is called again");
        bench.Ticks(5).Should().Be(ReliefStanding.Exhausted);
        bench.Exhaustions.Should().Be(2);

        bench.Tick(100).Should().Be(ReliefStanding.Reached);
        bench.Tick(410);
        bench.Ticks(120);
        bench.Exhaustions.Should().Be(2, "memory that swings is no news");

        bench.Tick(100);
        bench.Ticks(700);
        bench.Tick(410);
        bench.Ticks(5);
        bench.Exhaustions.Should().Be(3);
    }

    [Fact]
    public void A_zone_that_worsens_while_a_step_runs_calls_the_step_again_when_it_has_ended()
    {
        using var gate = new ManualResetEventSlim();
        var zones = new List<MemoryZone>();
        var step = new FakeStep("Step") { OnCall = zone => { zones.Add(zone); gate.Wait(TimeSpan.FromSeconds(30)); } };
        using var bench = new LadderBench([step]);
        bench.Tick(430, waits: false);
        bench.Tick(460, waits: false).Should().Be(ReliefStanding.Relieving);
        bench.Tick(505, waits: false);
        zones.Count.Should().BeLessOrEqualTo(1, "steps are called one at a time");

        gate.Set();
        bench.Ticks(3);

        zones.Should().Equal(MemoryZone.Elevated, MemoryZone.Imminent);
    }

    [Fact]
    public void A_step_that_throws_or_hangs_does_not_keep_the_others_from_being_called()
    {
        using var gate = new ManualResetEventSlim();
        var throwing = new FakeStep("Throwing") { OnCall = _ => throw new InvalidOperationException("no") };
        var hanging = new FakeStep("Hanging") { OnCall = _ => gate.Wait(TimeSpan.FromSeconds(60)) };
        var last = new FakeStep("Last", ReliefStage.Restart);
        using var bench = new LadderBench([throwing, hanging, last]);

        bench.Tick(430);
        bench.Tick();
        bench.Tick(waits: false);
        Support.Deadline.Until(() => hanging.Calls == 1, "the second step is called");
        bench.Tick(seconds: 10, waits: false);
        bench.Tick(seconds: 1.5, waits: false);
        bench.Tick();
        bench.Ticks(2);

        bench.Outcomes.Select(outcome => (outcome.Name, outcome.IsAbandoned, outcome.Error)).Should().Equal(
            ("Throwing", false, "InvalidOperationException: no"), ("Hanging", true, "It did not end in time."), ("Last", false, null));
        bench.Tick().Should().Be(ReliefStanding.Exhausted);
        gate.Set();
    }

    [Fact]
    public void A_step_that_hangs_is_not_called_again_before_it_has_returned()
    {
        using var gate = new ManualResetEventSlim();
        var hanging = new FakeStep("Hanging") { OnCall = _ => gate.Wait(TimeSpan.FromSeconds(60)) };
        using var bench = new LadderBench([hanging]);
        bench.Tick(430, waits: false);
        Support.Deadline.Until(() => hanging.Calls == 1, "the step is called");
        bench.Tick(seconds: 12, waits: false);

        for (var i = 0; i < 600; i++)
        {
            bench.Tick(seconds: 60, waits: false);
        }

        hanging.Calls.Should().Be(1);
        gate.Set();
    }

    [Fact]
    public void Dropping_a_cache_is_judged_by_what_the_GC_after_it_has_freed()
    {
        var caches = new FakeStep("Caches", ReliefStage.Cache);
        var collection = new FakeStep("Collection", ReliefStage.Collection);
        using var bench = new LadderBench([caches, collection]);
        collection.OnCall = _ => bench.Heap -= 10;

        bench.Tick(430);
        bench.Ticks(70);
        caches.Calls.Should().Be(2, "the GC freed what was dropped, so the cache is called after its plain cool-down");

        collection.OnCall = null;
        bench.Ticks(300);
        var before = caches.Calls;
        bench.Ticks(100);
        caches.Calls.Should().Be(before, "nothing is freed any more, so it backs off");
    }

    [Theory]
    [InlineData(ReliefStage.Application, true, true)]
    [InlineData(ReliefStage.Cancel, true, true)]
    [InlineData(ReliefStage.Application, false, false)]
    [InlineData(ReliefStage.Cache, true, false)]
    [InlineData(ReliefStage.NativeHeap, true, false)]
    [InlineData(ReliefStage.Restart, true, false)]
    public void What_a_step_of_the_application_only_dropped_is_collected_before_it_is_measured(ReliefStage stage, bool collects, bool isCollected)
    {
        var step = new FakeStep("Step", stage);
        using var bench = new LadderBench([step]);
        bench.Rules = bench.Rules with { Collects = collects };
        step.OnCall = _ => { bench.Collections.Clear(); bench.OnCollect = () => bench.Heap -= 20; };
        bench.Tick(460);
        bench.Ticks(5);

        var outcome = bench.Outcomes.Single(outcome => outcome.Name == "Step");
        (outcome.Before.HeapBytes - outcome.After.HeapBytes).Should().Be(isCollected ? 20 << 20 : 0);
        bench.Collections.Should().Equal(isCollected || (collects && stage < ReliefStage.Collection) ? [CollectionMode.Aggressive] : []);
    }

    [Fact]
    public void A_step_of_the_application_that_freed_memory_by_itself_needs_no_GC()
    {
        var step = new FakeStep("Step");
        using var bench = new LadderBench([step]);
        bench.Rules = bench.Rules with { Collects = true };
        step.OnCall = _ => bench.Heap -= 20;
        bench.Tick(430);
        bench.Ticks(5);

        bench.Called.Should().Equal("GC", "Step");
        bench.Collections.Should().HaveCount(1);
    }

    [Fact]
    public void The_GCs_of_steps_count_towards_the_time_that_forced_GCs_may_take()
    {
        FakeStep[] steps = [.. Enumerable.Range(0, 30).Select(i => new FakeStep($"Step {i}"))];
        using var bench = new LadderBench(steps);
        bench.Rules = bench.Rules with { Collects = true };
        bench.OnCollect = () => bench.Time.Advance(TimeSpan.FromSeconds(3));

        bench.Tick(430);
        bench.Ticks(100);

        bench.Called.Should().HaveCount(31, "the steps are called nevertheless");
        bench.Collections.Should().HaveCount(6, "an hour has 18 s for them at first");
    }

    [Fact]
    public void Any_forced_GC_counts_towards_that_time()
    {
        using var bench = new LadderBench([]);
        bench.OnCollect = () => bench.Time.Advance(TimeSpan.FromSeconds(6));
        for (var i = 0; i < 10; i++)
        {
            bench.Ladder.Collect(MemoryZone.Healthy, CollectionMode.Verifying);
            bench.Tick(100, seconds: 0);
            bench.Tick(100, seconds: 0);
        }

        bench.Collections.Should().HaveCount(3);
    }

    [Fact]
    public void A_step_that_says_that_it_freed_everything_is_judged_by_what_is_measured()
    {
        var liar = new FakeStep("Liar") { OnEstimate = _ => new(1L << 40) };
        using var bench = new LadderBench([liar]);

        bench.Tick(430);
        bench.Ticks(100).Should().Be(ReliefStanding.Exhausted);

        liar.Calls.Should().Be(1, "it freed nothing, so it rests for twice its cool-down");
        bench.Outcomes.Single().FreedBytes.Should().Be(0);
    }
}
