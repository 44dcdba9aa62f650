using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tests.Judge;

/// <summary>Budgets of operations, by real allocations.</summary>
public sealed class BudgetTests
{
    [Fact]
    public async Task Over_its_allocations_an_operation_is_told_at_the_next_hop_while_it_runs()
    {
        using var watch = new WatchHarness(o => o.SetBudget("Download", allocated: "4MB"));
        watch.Tick();
        using var goOn = new SemaphoreSlim(0);
        var flow = Task.Run(async () =>
        {
            using var scope = watch.Watch.Track("Download", new OperationContext("User 5").With("user_id", 5));
            watch.Time.Advance(TimeSpan.FromSeconds(12.4));
            Allocate.Megabytes(5);
            await goOn.WaitAsync();
        });
        Deadline.Until(() => watch.Pacer.Wakes == 1, "the hop calls the watch");

        watch.Tick();

        var alert = Alerts(watch).Single();
        alert.Level.Should().Be(LogLevel.Warning);
        alert.Text.Split('\n')[0].Should().Be("⚠️ OVER BUDGET: Download, allocated 5.0 MB / 4 MB after 12.4 s | User 5");
        alert.State.Should().Contain("alert", "budget").And.Contain("operation", "Download").And.Contain("context", "User 5")
            .And.Contain("budget", "allocated").And.Contain("budget_bytes", 4L << 20).And.Contain("age_seconds", 12.4)
            .And.Contain("user_id", 5).And.ContainKeys("operation_id", "allocated_bytes");
        goOn.Release();
        await flow;
    }

    [Fact]
    public void It_is_told_once_however_far_over_it_goes()
    {
        using var watch = new WatchHarness(o => o.SetBudget("Download", allocated: "2MB"));
        watch.Tick();
        using (var scope = watch.Watch.Track("Download"))
        {
            for (var i = 0; i < 5; i++)
            {
                DiagnosisBench.AllocateFor(scope, 3);
                watch.Tick();
            }
        }

        watch.Tick();
        Alerts(watch).Should().ContainSingle();
    }

    [Fact]
    public void One_that_ends_before_the_next_tick_is_still_told()
    {
        using var watch = new WatchHarness(o => o.SetBudget("Download", allocated: "2MB"));
        watch.Tick();
        using (watch.Watch.Track("Download", "User 5"))
        {
            Allocate.Megabytes(3);
        }

        watch.Tick();
        Alerts(watch).Single().Text.Should().StartWith("⚠️ OVER BUDGET: Download, allocated 3.0 MB / 2 MB after 0 ms | User 5\n");
    }

    [Fact]
    public void Within_its_budget_nothing_is_told()
    {
        using var watch = new WatchHarness(o => o.SetBudget("Download", allocated: "4MB", change: "20MB"));
        watch.Tick(100);
        using (watch.Watch.Track("Download"))
        {
            Allocate.Megabytes(3);
            watch.Tick(120);
        }

        using (watch.Watch.Track("Upload"))
        {
            Allocate.Megabytes(5);
        }

        watch.Tick();
        Alerts(watch).Should().BeEmpty();
        watch.Pacer.Wakes.Should().Be(0);
    }

    [Fact]
    public void The_operations_inside_of_it_count()
    {
        using var watch = new WatchHarness(o => o.SetBudget("Outer", allocated: "4MB"));
        watch.Tick();
        using var outer = watch.Watch.Track("Outer");
        for (var i = 0; i < 3; i++)
        {
            using (watch.Watch.Track("Inner"))
            {
                Allocate.Megabytes(2);
            }
        }

        watch.Tick();
        Alerts(watch).Single().State["operation"].Should().Be("Outer");
    }

    [Fact]
    public void Over_its_change_of_memory_it_is_told_at_the_next_tick()
    {
        using var watch = new WatchHarness(o => o.SetBudget("Download", change: "20MB"));
        watch.Tick(100);
        using var scope = watch.Watch.Track("Download", "User 5");
        watch.Tick(119);
        Alerts(watch).Should().BeEmpty();

        watch.Tick(120.4);

        var alert = Alerts(watch).Single();
        alert.Text.Split('\n')[0].Should().Be("⚠️ OVER BUDGET: Download, memory +20.4 MB / 20 MB after 2.0 s | User 5");
        alert.State.Should().Contain("budget", "change").And.ContainKey("resident_change_bytes").And.NotContainKey("allocated_bytes");
    }

    [Fact]
    public void Over_its_change_of_memory_at_its_end_it_is_told_too()
    {
        using var watch = new WatchHarness(o => o.SetBudget("Download", change: "20MB"));
        watch.Tick(100);
        using (watch.Watch.Track("Download"))
        {
            watch.Reader.ResidentMegabytes = 125;
        }

        watch.Tick(100);
        Alerts(watch).Single().Text.Should().StartWith("⚠️ OVER BUDGET: Download, memory +25.0 MB / 20 MB after 0 ms\n");
    }

    [Fact]
    public void Each_part_is_told_once()
    {
        using var watch = new WatchHarness(o => o.SetBudget("Download", allocated: "2MB", change: "20MB"));
        watch.Tick(100);
        using (var scope = watch.Watch.Track("Download"))
        {
            DiagnosisBench.AllocateFor(scope, 3);
            watch.Tick(125);
            watch.Tick(126);
        }

        watch.Tick();
        Alerts(watch).Select(a => a.State["budget"]).Should().Equal("allocated", "change");
    }

    [Fact]
    public void A_scopes_own_budget_takes_the_place_of_that_of_its_name()
    {
        using var watch = new WatchHarness(o => o.SetBudget("Download", allocated: "2MB"));
        watch.Tick();
        using (var large = watch.Watch.Track("Download", "large"))
        {
            large.SetBudget(allocated: "8MB");
            Allocate.Megabytes(3);
        }

        using (var other = watch.Watch.Track("Upload", "small"))
        {
            other.SetBudget(allocated: "2MB");
            Allocate.Megabytes(3);
        }

        watch.Tick();
        Alerts(watch).Single().State["context"].Should().Be("small");
    }

    [Fact]
    public void A_budget_that_limits_nothing_is_refused()
    {
        using var watch = new WatchHarness();
        using var scope = watch.Watch.Track("Download");

        scope.Invoking(s => s.SetBudget()).Should().Throw<ArgumentException>();
        scope.Invoking(s => s.SetBudget(allocated: "0")).Should().Throw<ArgumentOutOfRangeException>();
        scope.Invoking(s => s.SetBudget(change: "0")).Should().Throw<ArgumentOutOfRangeException>();
        OperationScope.None.Invoking(s => s.SetBudget(allocated: "1MB")).Should().NotThrow("it is one scope for all, and keeps none");
    }

    [Fact]
    public void Many_at_once_are_told_one_by_one_up_to_a_point_and_wake_the_watch_once()
    {
        using var watch = new WatchHarness(o => o.SetBudget("Request", allocated: "1MB"));
        watch.Tick();
        for (var i = 0; i < 100; i++)
        {
            using (watch.Watch.Track("Request"))
            {
                Allocate.Megabytes(2);
            }
        }

        watch.Pacer.Wakes.Should().Be(1);
        watch.Tick();

        var alerts = Alerts(watch).ToList();
        alerts.Should().HaveCount(9);
        alerts[^1].Text.Should().Be("⚠️ OVER BUDGET: 92 more since the last look");
        alerts[^1].State.Should().Contain("count", 92L);
    }

    [Fact]
    public void A_scope_that_ends_within_the_least_time_between_ticks_does_not_wake_the_watch_again()
    {
        using var watch = new WatchHarness(o => o.SetBudget("Request", allocated: "1MB"));
        watch.Tick();
        watch.Tick(seconds: 0.01);

        using (watch.Watch.Track("Request"))
        {
            Allocate.Megabytes(2);
        }

        watch.Pacer.Wakes.Should().Be(0, "ticks come no faster than they may");
        watch.Tick();
        Alerts(watch).Should().ContainSingle();
    }

    [Fact]
    public void New_budgets_are_in_force_for_operations_that_start_then()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        using var old = watch.Watch.Track("Old");
        var options = new MemoryWatchOptions { Limit = "512MB" };
        options.SetBudget("old", allocated: "1MB");
        options.SetBudget("NEW", allocated: "1MB");
        watch.Watch.Update(options).ToString().Should().Be("in force: Budgets:old, Budgets:NEW");
        DiagnosisBench.AllocateFor(old, 2);
        using (watch.Watch.Track("New"))
        {
            Allocate.Megabytes(2);
        }

        watch.Tick();
        Alerts(watch).Single().State["operation"].Should().Be("New", "and a budget's name knows no case");
    }

    [Fact]
    public void The_same_budgets_again_are_no_change_of_settings()
    {
        using var watch = new WatchHarness(o => o.SetBudget("Download", allocated: "1MB"));
        var same = new MemoryWatchOptions { Limit = "512MB" };
        same.SetBudget("Download", allocated: "1MB");
        watch.Watch.Update(same);
        watch.Log.Of(LogEvents.SettingsChanged).Should().BeEmpty();

        same.SetBudget("Download", allocated: "2MB");
        watch.Watch.Update(same);
        watch.Log.Of(LogEvents.SettingsChanged).Should().ContainSingle();
    }

    [Fact]
    public void A_hop_of_an_operation_within_its_budget_allocates_nothing()
    {
        var bench = new OperationsBench { Budgets = new([new("Download", new(new MemorySize(1L << 40), new MemorySize(1L << 40)))]) };
        using var scope = bench.Track("Download");

        SpinWait.SpinUntil(() => Measure() == 0, TimeSpan.FromSeconds(20)).Should().BeTrue();

        static long Measure()
        {
            OperationFlows.Settle();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                OperationFlows.Settle();
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static IEnumerable<LogLine> Alerts(WatchHarness watch) => watch.Log.Of(LogEvents.Budget);
}
