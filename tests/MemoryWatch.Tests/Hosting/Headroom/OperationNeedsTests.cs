using MemoryWatch.Hosting;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Hosting.Headroom;

public sealed class OperationNeedsTests
{
    [Fact]
    public void An_operation_asks_for_what_95_percent_of_its_name_allocated()
    {
        using var bench = Bench(Totals(allocated: 40, change: 200));

        Asked(bench).Should().Be(40);
    }

    [Fact]
    public void One_that_streams_asks_for_no_more_than_memory_ever_grew_by()
    {
        using var bench = Bench(Totals(allocated: 540, change: 60));

        Asked(bench).Should().Be(60);
    }

    [Fact]
    public void Memory_that_did_not_grow_proves_nothing_in_a_heap_with_room()
    {
        using var bench = Bench(Totals(allocated: 50, change: -3));

        Asked(bench).Should().Be(16);
    }

    [Fact]
    public void What_allocates_little_asks_for_little_but_for_a_megabyte_at_least()
    {
        using var small = Bench(Totals(allocated: 2.5, change: 300));
        using var least = Bench(Totals(allocated: 0, change: 0));

        Asked(small).Should().Be(3);
        Asked(least).Should().Be(1);
    }

    [Fact]
    public void Charged_bytes_are_needed_too()
    {
        using var bench = Bench(Totals(allocated: 5, change: 300, charged: 25 * 20));

        Asked(bench).Should().Be(30);
    }

    [Fact]
    public void As_long_as_too_few_have_ended_the_default_is_asked_for()
    {
        using var bench = Bench(Totals(allocated: 40, change: 200, count: 19));
        bench.Options.Headroom.DefaultLease = "24MB";

        Asked(bench).Should().Be(24);
        Asked(bench, "Unheard of").Should().Be(24);
    }

    [Fact]
    public void Where_allocations_are_not_tracked_the_default_is_asked_for()
    {
        using var bench = Bench(Totals(allocated: null, change: 200));

        Asked(bench).Should().Be(16);
    }

    [Fact]
    public async Task An_estimate_beyond_the_most_room_asks_for_all_of_it_and_can_be_granted()
    {
        using var bench = Bench(Totals(allocated: 9000, change: 9000));
        bench.Learn();

        using var lease = await bench.Limiter.AcquireForAsync("Download");

        lease.IsAcquired.Should().BeTrue();
        bench.Limiter.GetStatistics().LeasedBytes.Should().Be(Bytes.Megabytes(400));
    }

    [Fact]
    public void An_estimate_does_not_shrink_to_what_happens_to_be_left_at_the_first_look()
    {
        using var bench = Bench(Totals(allocated: 40, change: 200));
        bench.Memory.Used = 490;

        using var lease = bench.Limiter.AttemptAcquireFor("Download");

        lease.IsAcquired.Should().BeFalse();
    }

    [Fact]
    public void What_was_learned_is_used_after_a_second()
    {
        using var bench = Bench();
        Asked(bench).Should().Be(16);

        bench.Memory.TotalsByName = [Totals(allocated: 40, change: 200)];
        bench.Time.Advance(TimeSpan.FromSeconds(1));

        Asked(bench).Should().Be(40);
    }

    [Fact]
    public void A_real_watch_learns_what_its_operations_allocate()
    {
        using var harness = new WatchHarness();
        harness.Tick();
        for (var i = 0; i < OperationNeeds.LeastEnded; i++)
        {
            using var scope = harness.Watch.Track("Download");
            Allocate.Megabytes(3);
        }

        using var limiter = new MemoryHeadroomLimiter(harness.Watch, timeProvider: harness.Time);
        using var lease = limiter.AttemptAcquireFor("Download");

        limiter.GetStatistics().LeasedBytes.Should().BeInRange(Bytes.Megabytes(3), Bytes.Megabytes(4));
    }

    private static HeadroomBench Bench(params OperationTotals[] totals)
    {
        var bench = new HeadroomBench();
        bench.Memory.TotalsByName = totals;
        return bench;
    }

    private static double Asked(HeadroomBench bench, string operation = "Download")
    {
        using var lease = bench.Limiter.AttemptAcquireFor(operation);
        return bench.Limiter.GetStatistics().LeasedBytes / 1048576d;
    }

    private static OperationTotals Totals(double? allocated, double change, double charged = 0, long count = 20) => new()
    {
        Name = "Download",
        Count = count,
        AllocatedP95Bytes = allocated is { } megabytes ? Bytes.Megabytes(megabytes) : null,
        ChangeMaxBytes = (long)(change * 1048576),
        ChargedTotalBytes = Bytes.Megabytes(charged),
    };
}
