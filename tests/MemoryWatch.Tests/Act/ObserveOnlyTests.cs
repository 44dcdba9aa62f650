using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Act;

/// <summary>Relief that only says what it would have done.</summary>
public sealed class ObserveOnlyTests
{
    [Fact]
    public void No_step_is_called_and_each_is_named_with_what_it_would_have_freed()
    {
        var trims = 0;
        FakeStep[] steps =
        [
            new("Sessions") { OnEstimate = _ => new(5 << 20) },
            new("Caches", ReliefStage.Cache) { OnEstimate = zone => new(null, zone == MemoryZone.Critical ? 120 : 0) },
            new("Unknown"),
            new("Last", ReliefStage.Restart),
        ];
        using var bench = new LadderBench(
            steps, [new("Native heap", ReliefStage.NativeHeap, () => trims++, static () => new NativeHeapReading(2, 9 << 20, 3 << 20, default))]);
        bench.Rules = bench.Rules with { OnlyObserves = true, Collects = true };

        bench.Tick(460);
        var standings = Enumerable.Range(0, 3600).Select(_ => bench.Tick()).Distinct().ToArray();

        steps.Sum(step => step.Calls).Should().Be(0);
        trims.Should().Be(0);
        bench.Outcomes.Should().BeEmpty();
        standings.Should().Equal([ReliefStanding.None], "what was not tried has not failed");
        bench.Exhaustions.Should().Be(0);
        bench.Previews.Take(6).Select(preview => preview.Name).Should().Equal("Caches", "Native heap", "GC", "Sessions", "Unknown", "Last");
        bench.Previews[0].Should().Be(new ReliefPreview("Caches", MemoryZone.Critical, new(null, 120)));
        bench.Previews[1].Estimate.Should().Be(new ReliefEstimate(3 << 20));
        bench.Previews[2].Estimate!.Bytes.Should().BeGreaterOrEqualTo(0);
        bench.Previews[4].Estimate.Should().BeNull();
        bench.Previews.Count(preview => preview.Name == "Sessions").Should().BeInRange(4, 8, "it is said after longer and longer pauses");
    }

    [Fact]
    public void An_estimate_that_throws_or_hangs_is_unknown()
    {
        using var gate = new ManualResetEventSlim();
        var hanging = new FakeStep("Hanging") { OnEstimate = _ => { gate.Wait(TimeSpan.FromSeconds(60)); return null; } };
        var throwing = new FakeStep("Throwing") { OnEstimate = _ => throw new InvalidOperationException() };
        using var bench = new LadderBench([throwing, hanging]);
        bench.Rules = bench.Rules with { OnlyObserves = true };

        bench.Tick(430);
        bench.Tick();
        bench.Tick(waits: false);
        Deadline.Until(() => hanging.Estimates == 1, "the second step is asked");
        bench.Tick(seconds: 12, waits: false);

        bench.Previews.Should().Equal(
            new ReliefPreview("Throwing", MemoryZone.Elevated, null), new ReliefPreview("Hanging", MemoryZone.Elevated, null));
        gate.Set();
    }

    [Fact]
    public void A_ladder_that_only_observed_starts_anew_when_it_may_act()
    {
        var step = new FakeStep("Step");
        using var bench = new LadderBench([step]);
        bench.Rules = bench.Rules with { OnlyObserves = true };
        bench.Tick(430);
        bench.Ticks(10);

        bench.Rules = bench.Rules with { OnlyObserves = false };
        bench.Tick();
        step.Calls.Should().Be(1);

        bench.Rules = bench.Rules with { OnlyObserves = true };
        bench.Ticks(130);
        bench.Previews.Should().HaveCount(2);
        step.Calls.Should().Be(1);
    }

    [Fact]
    public void The_log_says_what_would_have_been_done_and_nothing_is_done()
    {
        var step = new FakeStep("Sessions") { OnEstimate = _ => new(5 << 20) };
        using var watch = new WatchHarness(o => o.Relief.ObserveOnly = true, b => b.AddRelief(step));
        watch.Reader.Native = new();

        watch.Tick(430);
        watch.TickUntil(() => watch.Log.Of(LogEvents.ReliefPreview).Count() == 4);

        watch.Log.Of(LogEvents.ReliefPreview).Last().Text.Should().Be(
            "🗑️ Only observing: Sessions would have been called in the elevated zone. It would have freed at most 5.0 MB");
        watch.Log.Of(LogEvents.Relief).Should().BeEmpty();
        watch.Reader.Native.Trims.Should().Be(0);
        watch.Watch.Relief.Should().Be(ReliefStanding.None);
        step.Calls.Should().Be(0);
    }

    [Fact]
    public void A_heap_that_may_be_garbage_is_not_collected_to_find_out()
    {
        new MemoryWatchOptions { Relief = { ObserveOnly = true } }.ToSettings().Judging.MayCollect.Should().BeFalse();
        new MemoryWatchOptions().ToSettings().Judging.MayCollect.Should().BeTrue();
    }
}
