using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Hosting.Headroom;

public sealed class QueueTests
{
    [Fact]
    public async Task Without_a_queue_what_does_not_fit_is_refused_at_once()
    {
        using var bench = new HeadroomBench();
        using var open = bench.Limiter.AttemptAcquire(400);

        HeadroomBench.Reason(await bench.Ask(10)).Should().Be("10 MB asked, 0 MB of memory left");
    }

    [Fact]
    public async Task What_waits_is_granted_when_a_lease_ends_the_oldest_first()
    {
        using var bench = HeadroomBench.Queueing();
        var open = bench.Limiter.AttemptAcquire(400);
        var (first, second, third) = (bench.Ask(300), bench.Ask(100), bench.Ask(50));

        open.Dispose();

        (await first).IsAcquired.Should().BeTrue();
        (await second).IsAcquired.Should().BeTrue();
        third.IsCompleted.Should().BeFalse();
        bench.Limiter.GetStatistics().Should().Match<MemoryHeadroomStatistics>(s => s.CurrentQueuedCount == 50 && s.QueuedRequests == 1);
    }

    [Fact]
    public async Task A_small_request_does_not_overtake_a_large_one()
    {
        using var bench = HeadroomBench.Queueing();
        var open = bench.Limiter.AttemptAcquire(350);
        var large = bench.Ask(100);

        var small = bench.Ask(10);
        bench.Limiter.AttemptAcquire(10).IsAcquired.Should().BeFalse();
        small.IsCompleted.Should().BeFalse();

        open.Dispose();
        (await large).IsAcquired.Should().BeTrue();
        (await small).IsAcquired.Should().BeTrue();
    }

    [Fact]
    public async Task The_newest_goes_first_where_that_is_set()
    {
        using var bench = HeadroomBench.Queueing(newestFirst: true);
        var open = bench.Limiter.AttemptAcquire(400);
        var (first, second) = (bench.Ask(300), bench.Ask(300));

        open.Dispose();

        (await second).IsAcquired.Should().BeTrue();
        first.IsCompleted.Should().BeFalse();
        bench.Limiter.AttemptAcquire(50).IsAcquired.Should().BeTrue("the newest may overtake");
    }

    [Fact]
    public async Task A_full_queue_refuses_the_newest()
    {
        using var bench = HeadroomBench.Queueing("100MB");
        using var open = bench.Limiter.AttemptAcquire(400);
        var waiting = bench.Ask(60);

        HeadroomBench.Reason(await bench.Ask(50)).Should().Be("50 MB asked, and the queue for memory is full (100 MB)");
        bench.Ask(40).IsCompleted.Should().BeFalse();
        waiting.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task A_full_queue_refuses_the_oldest_where_the_newest_goes_first()
    {
        using var bench = HeadroomBench.Queueing("100MB", newestFirst: true);
        using var open = bench.Limiter.AttemptAcquire(400);
        var (first, second) = (bench.Ask(60), bench.Ask(40));

        var third = bench.Ask(50);

        HeadroomBench.Reason(await first).Should().Be("60 MB asked, and a newer request took the place in the queue");
        second.IsCompleted.Should().BeFalse();
        third.IsCompleted.Should().BeFalse();
        HeadroomBench.Reason(await bench.Ask(101)).Should().Contain("queue for memory is full");
    }

    [Fact]
    public async Task Memory_that_falls_wakes_what_waits_within_a_quarter_of_a_second()
    {
        using var bench = HeadroomBench.Queueing();
        bench.Memory.Used = 490;
        var waiting = bench.Ask(100);

        bench.Memory.Used = 300;
        waiting.IsCompleted.Should().BeFalse();
        bench.Time.Advance(TimeSpan.FromMilliseconds(250));

        (await waiting).IsAcquired.Should().BeTrue();
    }

    [Fact]
    public async Task What_has_waited_too_long_is_refused_so_that_it_blocks_nobody_for_ever()
    {
        using var bench = HeadroomBench.Queueing();
        bench.Memory.Used = 450;
        var large = bench.Ask(100);
        bench.Time.Advance(TimeSpan.FromSeconds(20));
        var small = bench.Ask(10);

        bench.Time.Advance(TimeSpan.FromSeconds(10));

        HeadroomBench.Reason(await large).Should().Be("100 MB asked, and there was no room for it within 30 s");
        bench.Time.Advance(TimeSpan.FromMilliseconds(250));
        (await small).IsAcquired.Should().BeTrue();
    }

    [Fact]
    public async Task Who_is_cancelled_leaves_the_queue_and_the_next_one_is_looked_at()
    {
        using var bench = HeadroomBench.Queueing();
        using var open = bench.Limiter.AttemptAcquire(350);
        using var cancellation = new CancellationTokenSource();
        var large = bench.Ask(100, cancellation.Token);
        var small = bench.Ask(10);

        await cancellation.CancelAsync();

        await FluentActions.Awaiting(() => large).Should().ThrowAsync<OperationCanceledException>();
        (await small).IsAcquired.Should().BeTrue();
        bench.Limiter.GetStatistics().LeasedBytes.Should().Be(Bytes.Megabytes(360));
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_asks_for_nothing()
    {
        using var bench = HeadroomBench.Queueing();

        await FluentActions.Awaiting(() => bench.Ask(1, new(canceled: true))).Should().ThrowAsync<OperationCanceledException>();

        bench.Limiter.GetStatistics().OpenLeases.Should().Be(0);
    }

    [Fact]
    public async Task A_lease_that_was_granted_is_not_lost_when_the_token_is_cancelled_later()
    {
        using var bench = HeadroomBench.Queueing();
        var open = bench.Limiter.AttemptAcquire(400);
        using var cancellation = new CancellationTokenSource();
        var waiting = bench.Ask(100, cancellation.Token);

        open.Dispose();
        await cancellation.CancelAsync();

        using var lease = await waiting;
        lease.IsAcquired.Should().BeTrue();
    }

    [Fact]
    public async Task New_settings_apply_to_the_next_request()
    {
        using var bench = new HeadroomBench();
        using var open = bench.Limiter.AttemptAcquire(400);
        (await bench.Ask(10)).IsAcquired.Should().BeFalse();

        bench.Options.Headroom.QueueLimit = "20MB";

        bench.Ask(10).IsCompleted.Should().BeFalse();
    }
}
