using System.Threading.RateLimiting;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Hosting.Headroom;

public sealed class GrantTests
{
    [Fact]
    public void Work_is_granted_up_to_the_imminent_edge_and_no_further()
    {
        using var bench = new HeadroomBench();

        using var all = bench.Limiter.AttemptAcquire(400);
        using var more = bench.Limiter.AttemptAcquire(1);

        all.IsAcquired.Should().BeTrue("100 MB of 500 MB are used");
        HeadroomBench.Basis(all).Should().Be(HeadroomBasis.Measured);
        more.IsAcquired.Should().BeFalse();
        HeadroomBench.Reason(more).Should().Be("1 MB asked, 0 MB of memory left");
        HeadroomBench.Basis(more).Should().BeNull();
    }

    [Fact]
    public void A_burst_between_two_ticks_is_not_granted_twice()
    {
        using var bench = new HeadroomBench();

        var granted = Enumerable.Range(0, 100).Count(_ => bench.Limiter.AttemptAcquire(50).IsAcquired);

        granted.Should().Be(8);
    }

    [Fact]
    public void Growth_since_the_last_tick_counts_at_once()
    {
        using var bench = new HeadroomBench();
        bench.Memory.Quick = 450;

        bench.Limiter.AttemptAcquire(51).IsAcquired.Should().BeFalse();
        bench.Limiter.AttemptAcquire(50).IsAcquired.Should().BeTrue();
    }

    [Fact]
    public void A_fall_since_the_last_tick_counts_only_at_the_next_because_it_may_be_garbage_that_counts_as_room_already()
    {
        using var bench = new HeadroomBench();
        bench.Memory.Used = 450;
        bench.Memory.Quick = 100;

        bench.Limiter.AttemptAcquire(51).IsAcquired.Should().BeFalse();
        bench.Memory.Used = 100;
        bench.Limiter.AttemptAcquire(400).IsAcquired.Should().BeTrue();
    }

    [Fact]
    public void What_a_lease_has_taken_does_not_count_twice()
    {
        using var bench = new HeadroomBench();
        using var lease = bench.Limiter.AttemptAcquire(200);

        bench.Memory.Used = 250;

        var statistics = bench.Limiter.GetStatistics();
        (statistics.LeasedBytes, statistics.ReservedBytes, statistics.AvailableBytes)
            .Should().Be((Bytes.Megabytes(200), Bytes.Megabytes(50), Bytes.Megabytes(200)));
    }

    [Fact]
    public void A_lease_that_has_grown_to_its_size_reserves_nothing_and_one_that_outgrew_it_takes_from_the_rest()
    {
        using var bench = new HeadroomBench();
        using var lease = bench.Limiter.AttemptAcquire(100);

        bench.Memory.Used = 200;
        bench.Limiter.GetStatistics().AvailableBytes.Should().Be(Bytes.Megabytes(300));
        bench.Memory.Used = 260;
        bench.Limiter.GetStatistics().Should().Match<MemoryHeadroomStatistics>(
            s => s.ReservedBytes == 0 && s.AvailableBytes == Bytes.Megabytes(240));
    }

    [Fact]
    public void Two_leases_that_share_one_growth_are_not_both_rid_of_their_reservation()
    {
        using var bench = new HeadroomBench();
        using var first = bench.Limiter.AttemptAcquire(150);
        using var second = bench.Limiter.AttemptAcquire(150);

        bench.Memory.Used = 250;

        bench.Limiter.GetStatistics().ReservedBytes.Should().Be(Bytes.Megabytes(150));
    }

    [Fact]
    public void A_stream_of_work_that_never_ends_is_bounded_by_what_it_took()
    {
        using var bench = new HeadroomBench();
        var used = 100d;
        var leases = new List<RateLimitLease>();

        // Each takes 25 MB, which is more than the 16 MB that it gets as long as nothing is known.
        while (bench.Limiter.AttemptAcquireFor("Job") is { IsAcquired: true } lease)
        {
            leases.Add(lease);
            bench.Memory.Used = used += 25;
        }

        used.Should().BeInRange(484, 512);
        leases.Should().HaveCount(16);
    }

    [Fact]
    public void A_lease_that_is_disposed_gives_its_memory_back_once()
    {
        using var bench = new HeadroomBench();
        using var other = bench.Limiter.AttemptAcquire(200);
        var lease = bench.Limiter.AttemptAcquire(200);

        lease.Dispose();
        lease.Dispose();

        bench.Limiter.GetStatistics().Should().Match<MemoryHeadroomStatistics>(
            s => s.LeasedBytes == Bytes.Megabytes(200) && s.CurrentAvailablePermits == 200 && s.OpenLeases == 1);
    }

    [Fact]
    public void Memory_of_ended_work_that_is_still_used_is_not_granted_again()
    {
        using var bench = new HeadroomBench();
        using (bench.Limiter.AttemptAcquire(300))
        {
            bench.Memory.Used = 400;
        }

        bench.Limiter.GetStatistics().AvailableBytes.Should().Be(Bytes.Megabytes(100));
    }

    [Fact]
    public void What_ended_work_gives_back_is_not_taken_from_what_open_leases_grew_by()
    {
        using var bench = new HeadroomBench();
        using var open = bench.Limiter.AttemptAcquire(100);
        using (bench.Limiter.AttemptAcquire(100))
        {
            bench.Memory.Used = 300;
        }

        bench.Memory.Used = 200;

        bench.Limiter.GetStatistics().Should().Match<MemoryHeadroomStatistics>(
            s => s.ReservedBytes == 0 && s.AvailableBytes == Bytes.Megabytes(300));
    }

    [Fact]
    public void Who_asks_for_nothing_learns_whether_there_is_room()
    {
        using var bench = new HeadroomBench();

        bench.Limiter.AttemptAcquire(0).IsAcquired.Should().BeTrue();
        bench.Memory.Used = 501;
        bench.Limiter.AttemptAcquire(0).IsAcquired.Should().BeFalse();
    }

    [Fact]
    public void The_ceiling_is_halfway_from_critical_to_imminent_by_default_and_follows_them()
    {
        using var standard = new HeadroomBench(o => o.Headroom.Ceiling = null);
        using var moved = new HeadroomBench(o => (o.Headroom.Ceiling, o.CriticalThreshold, o.ImminentThreshold) = (null, "400MB", "480MB"));

        standard.Limiter.GetStatistics().CurrentAvailablePermits.Should().Be(375);
        moved.Limiter.GetStatistics().CurrentAvailablePermits.Should().Be(340);
    }

    [Fact]
    public void The_ceiling_can_be_set_and_one_above_the_limit_is_the_imminent_edge()
    {
        using var low = new HeadroomBench(o => o.Headroom.Ceiling = "300MB");
        using var high = new HeadroomBench(o => o.Headroom.Ceiling = "600MB");

        low.Limiter.GetStatistics().CurrentAvailablePermits.Should().Be(200);
        high.Limiter.GetStatistics().CurrentAvailablePermits.Should().Be(400);
    }

    [Fact]
    public void Settings_that_are_not_allowed_are_refused_with_name_and_range() =>
        FluentActions.Invoking(() => new HeadroomBench(o => o.Headroom.DefaultLease = "1KB")).Should().Throw<ArgumentException>()
            .WithMessage("MemoryWatch:Headroom:DefaultLease is '1024 bytes'; it must be an amount from 1 MB to 1 GB.*");
}
