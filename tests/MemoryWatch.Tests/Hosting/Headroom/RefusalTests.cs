using System.Threading.RateLimiting;

namespace MemoryWatch.Tests.Hosting.Headroom;

public sealed class RefusalTests
{
    [Fact]
    public async Task What_is_larger_than_the_ceiling_can_never_fit_and_is_not_to_be_tried_again()
    {
        using var bench = HeadroomBench.Queueing();

        var lease = await bench.Ask(501);

        HeadroomBench.Reason(lease).Should().Be("501 MB asked; memory has never had room for more than 500 MB");
        HeadroomBench.RetryAfter(lease).Should().BeNull();
        lease.MetadataNames.Should().Equal(MetadataName.ReasonPhrase.Name);
    }

    [Fact]
    public async Task What_is_larger_than_the_most_room_that_was_ever_seen_can_never_fit()
    {
        using var bench = HeadroomBench.Queueing();
        bench.Learn();

        HeadroomBench.Reason(await bench.Ask(401)).Should().Be("401 MB asked; memory has never had room for more than 400 MB");
    }

    [Fact]
    public async Task The_most_room_is_not_known_at_the_first_look()
    {
        using var bench = HeadroomBench.Queueing();
        bench.Memory.Used = 400;

        var waiting = bench.Ask(150);
        bench.Memory.Used = 340;
        bench.Time.Advance(TimeSpan.FromSeconds(1));

        (await waiting).IsAcquired.Should().BeTrue();
    }

    [Fact]
    public void A_refusal_says_when_leases_will_probably_have_ended()
    {
        using var bench = new HeadroomBench();
        using (bench.Limiter.AttemptAcquire(10))
        {
            bench.Time.Advance(TimeSpan.FromSeconds(42));
        }

        using var open = bench.Limiter.AttemptAcquire(400);

        HeadroomBench.RetryAfter(bench.Limiter.AttemptAcquire(10)).Should().Be(TimeSpan.FromSeconds(42));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.2, 1)]
    [InlineData(2.5, 3)]
    [InlineData(7200, 300)]
    public void The_time_to_try_again_is_never_zero_and_never_far(double lasted, double after)
    {
        using var bench = new HeadroomBench();
        using (bench.Limiter.AttemptAcquire(10))
        {
            bench.Time.Advance(TimeSpan.FromSeconds(lasted));
        }

        using var open = bench.Limiter.AttemptAcquire(400);

        HeadroomBench.RetryAfter(bench.Limiter.AttemptAcquire(10)).Should().Be(TimeSpan.FromSeconds(after));
    }

    [Fact]
    public void Before_any_lease_has_ended_it_is_five_seconds()
    {
        using var bench = new HeadroomBench();
        using var open = bench.Limiter.AttemptAcquire(400);

        HeadroomBench.RetryAfter(bench.Limiter.AttemptAcquire(10)).Should().Be(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task No_new_work_is_granted_after_a_stop_and_what_waits_is_refused_with_the_reason()
    {
        using var bench = HeadroomBench.Queueing();
        using var open = bench.Limiter.AttemptAcquire(400);
        var waiting = bench.Ask(10);

        bench.Limiter.StopGranting("the service is about to restart");
        bench.Limiter.StopGranting("the service is about to restart");
        open.Dispose();

        HeadroomBench.Reason(await waiting).Should().Be("the service is about to restart");
        HeadroomBench.Reason(bench.Limiter.AttemptAcquire(1)).Should().Be("the service is about to restart");
        HeadroomBench.RetryAfter(bench.Limiter.AttemptAcquire(0)).Should().BePositive();
        bench.Limiter.GetStatistics().Should().Match<MemoryHeadroomStatistics>(
            s => s.StoppedReason == "the service is about to restart" && s.AvailableBytes == 0 && s.OpenLeases == 0);
        bench.Log.Of(68).Should().ContainSingle().Which.Text.Should().Be("New work is refused from now on: the service is about to restart");

        bench.Limiter.ResumeGranting();
        bench.Limiter.AttemptAcquire(1).IsAcquired.Should().BeTrue();
    }

    [Fact]
    public void A_stop_holds_also_while_nothing_is_measured()
    {
        using var bench = new HeadroomBench();
        bench.Memory.IsEnabled = false;

        bench.Limiter.StopGranting("a restart");

        bench.Limiter.AttemptAcquire(1).IsAcquired.Should().BeFalse();
    }

    [Fact]
    public async Task Refusals_are_logged_at_most_once_a_minute_with_their_number()
    {
        using var bench = new HeadroomBench();
        using var open = bench.Limiter.AttemptAcquire(400);
        for (var i = 0; i < 5; i++)
        {
            await bench.Ask(10);
        }

        bench.Time.Advance(TimeSpan.FromMinutes(1));
        await bench.Ask(10);

        bench.Log.Of(67).Select(line => line.Text).Should().Equal(
            "Work was refused: 10 MB asked, 0 MB of memory left. 1 refused since the last such line; open leases: 1, of 400 MB together",
            "Work was refused: 10 MB asked, 0 MB of memory left. 5 refused since the last such line; open leases: 1, of 400 MB together");
    }

    [Fact]
    public async Task A_logger_that_throws_loses_its_line_and_nothing_else()
    {
        using var bench = HeadroomBench.Queueing();
        bench.Log.Failure = new InvalidOperationException();
        using var open = bench.Limiter.AttemptAcquire(400);
        var waiting = bench.Ask(10);

        bench.Time.Advance(TimeSpan.FromSeconds(31));

        HeadroomBench.Reason(await waiting).Should().Contain("within 30 s");
        bench.Limiter.StopGranting("a restart");
        HeadroomBench.Reason(await bench.Ask(1)).Should().Be("a restart");
    }

    [Fact]
    public void Work_that_is_refused_although_no_lease_is_open_starves()
    {
        using var bench = new HeadroomBench();
        bench.Memory.Used = 480;
        bench.Limiter.AttemptAcquire(50);
        bench.Time.Advance(TimeSpan.FromSeconds(30));
        bench.Limiter.AttemptAcquire(30);

        bench.Limiter.GetStatistics().StarvedFor.Should().Be(TimeSpan.FromSeconds(30));
        bench.Memory.Used = 470;
        bench.Limiter.GetStatistics().StarvedFor.Should().BeNull("there is room for what was asked for");
        bench.Memory.Used = 480;
        using (bench.Limiter.AttemptAcquire(20))
        {
            bench.Limiter.AttemptAcquire(20);
            bench.Limiter.GetStatistics().StarvedFor.Should().BeNull("leased work takes the room");
        }

        bench.Limiter.GetStatistics().StarvedFor.Should().BeNull();
    }

    [Fact]
    public void The_watch_learns_that_work_is_admitted_by_memory_and_after_some_seconds_that_refusing_does_not_help()
    {
        using var bench = new HeadroomBench();
        bench.Memory.IsStarved.Should().BeNull();
        bench.Limiter.AttemptAcquire(50).Dispose();
        bench.Memory.IsStarved.Should().BeFalse("work is granted");
        bench.Memory.Used = 480;

        bench.Limiter.AttemptAcquire(50);
        bench.Memory.IsStarved.Should().BeFalse("a GC may still make room");
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        bench.Limiter.AttemptAcquire(50);

        bench.Memory.IsStarved.Should().BeTrue();
        bench.Limiter.AttemptAcquire(10).IsAcquired.Should().BeTrue();
        bench.Memory.IsStarved.Should().BeFalse();
    }

    [Fact]
    public void The_watch_learns_nothing_from_work_that_is_granted_without_a_measurement()
    {
        using var bench = new HeadroomBench();
        bench.Memory.IsEnabled = false;

        bench.Limiter.AttemptAcquire(50).IsAcquired.Should().BeTrue();

        bench.Memory.IsStarved.Should().BeNull();
    }

    [Fact]
    public void Before_a_restart_on_purpose_all_new_work_is_refused_and_open_leases_stay()
    {
        using var bench = new HeadroomBench();
        using var open = bench.Limiter.AttemptAcquire(50);

        bench.Memory.Drain.Cancel();

        HeadroomBench.Reason(bench.Limiter.AttemptAcquire(1)).Should().Be("the program is about to restart");
        bench.Limiter.GetStatistics().OpenLeases.Should().Be(1);
    }

    [Fact]
    public void A_lease_that_is_never_disposed_is_found_in_the_statistics()
    {
        using var bench = new HeadroomBench();
        _ = bench.Limiter.AttemptAcquire(30);
        bench.Time.Advance(TimeSpan.FromHours(2));
        using var young = bench.Limiter.AttemptAcquire(1);

        bench.Limiter.GetStatistics().Should().Match<MemoryHeadroomStatistics>(
            s => s.OpenLeases == 2 && s.OldestLeaseAge == TimeSpan.FromHours(2) && s.TotalSuccessfulLeases == 2);
    }

    [Fact]
    public async Task A_disposed_limiter_refuses_what_waits_and_takes_leases_back()
    {
        var bench = HeadroomBench.Queueing();
        var open = bench.Limiter.AttemptAcquire(400);
        var waiting = bench.Ask(10);

        bench.Limiter.Dispose();
        bench.Limiter.Dispose();
        open.Dispose();

        HeadroomBench.Reason(await waiting).Should().Be("the limiter was disposed");
        FluentActions.Invoking(() => bench.Limiter.AttemptAcquire(1)).Should().Throw<ObjectDisposedException>();
        await FluentActions.Awaiting(() => bench.Ask(1)).Should().ThrowAsync<ObjectDisposedException>();
    }
}
