using DownloaderBot.Downloads;
using DownloaderBot.Sessions;

namespace DownloaderBot.Tests.Downloads;

public sealed class DownloadQueueTests
{
    private readonly DownloadQueue _queue = new(new BotOptions { MaxConcurrent = 1, MaxQueue = 3 });

    [Fact]
    public void A_job_starts_at_once_where_a_place_is_free()
    {
        _queue.Add(Job(1)).Status.Should().Be(EnqueueStatus.Started);

        (_queue.Running, _queue.Waiting).Should().Be((1, 0));
    }

    [Fact]
    public void Premium_goes_before_free_and_within_each_first_come_first_served()
    {
        var running = Job(1);
        _queue.Add(running);
        _queue.Add(Job(2)).Position.Should().Be(1);
        _queue.Add(Job(3, isPremium: true)).Position.Should().Be(1);
        _queue.Add(Job(4, isPremium: true)).Position.Should().Be(2);
        _queue.Position(2).Should().Be(3);

        var order = new List<long>();
        for (var next = _queue.Finish(running); next is not null; next = _queue.Finish(next))
        {
            order.Add(next.UserId);
        }

        order.Should().Equal(3, 4, 2);
    }

    [Fact]
    public void A_user_has_one_job_waiting_or_running()
    {
        _queue.Add(Job(1));
        _queue.Add(Job(2));

        _queue.Add(Job(1)).Status.Should().Be(EnqueueStatus.AlreadyThere);
        _queue.Add(Job(2)).Status.Should().Be(EnqueueStatus.AlreadyThere);
    }

    [Fact]
    public void A_full_queue_takes_no_more_and_keeps_what_it_has()
    {
        for (var user = 1; user <= 4; user++)
        {
            _queue.Add(Job(user));
        }

        _queue.Add(Job(5, isPremium: true)).Status.Should().Be(EnqueueStatus.Full);
        (_queue.Running, _queue.Waiting).Should().Be((1, 3));
        _queue.Find(5).Should().BeNull();
    }

    [Fact]
    public void One_that_waits_can_be_withdrawn_and_one_that_runs_cannot()
    {
        var (running, waiting) = (Job(1), Job(2));
        _queue.Add(running);
        _queue.Add(waiting);

        _queue.TryWithdraw(running).Should().BeFalse();
        _queue.TryWithdraw(waiting).Should().BeTrue();
        _queue.Find(2).Should().BeNull();
        _queue.Finish(running).Should().BeNull();
        (_queue.Running, _queue.Waiting).Should().Be((0, 0));
    }

    [Fact]
    public void Once_closed_it_is_empty_and_takes_nothing()
    {
        var (running, waiting) = (Job(1), Job(2));
        _queue.Add(running);
        _queue.Add(waiting);

        var (waited, ran) = _queue.Close();

        waited.Should().Equal(waiting);
        ran.Should().Equal(running);
        _queue.Add(Job(3)).Status.Should().Be(EnqueueStatus.Closed);
        _queue.Finish(running).Should().BeNull();
    }

    private static DownloadJob Job(long userId, bool isPremium = false) => new(userId, isPremium, new PostLink("demo", 1));
}
