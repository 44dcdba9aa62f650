using DownloaderBot.Sessions;
using DownloaderBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DownloaderBot.Tests.Sessions;

public sealed class SessionManagerTests
{
    private readonly RecordingWatch _watch = new();
    private readonly FakeSessions _factory = new();
    private readonly SessionManager _sessions;

    public SessionManagerTests() => _sessions = new(
        _factory, _watch, new BotOptions { MaxSessions = 2 }, NullLogger<SessionManager>.Instance);

    [Fact]
    public async Task A_session_is_marked_when_it_is_created_and_when_it_is_disconnected()
    {
        await UseAsync(7);
        await _sessions.TryDisconnectAsync(7);

        _watch.Marks.Should().Equal(
            "Session Created | User 7 - Total sessions: 1", "Session Disconnected | User 7 - Total sessions: 0");
    }

    [Fact]
    public async Task A_disconnected_session_is_expected_to_be_collected_and_it_is()
    {
        await UseAsync(7);
        _watch.Expected.Should().BeEmpty();
        await _sessions.TryDisconnectAsync(7);

        _watch.Expected.Should().ContainSingle().Which.Text.Should().Be("UserSession | User 7");
        _watch.IsCollected(0).Should().BeTrue();
    }

    [Fact]
    public async Task The_least_recently_used_is_disconnected_before_another_connects()
    {
        await UseAsync(1);
        await UseAsync(2);
        await UseAsync(1);
        await UseAsync(3);

        _factory.Connected.Should().Equal(1, 3);
        _sessions.Count.Should().Be(2);
        _watch.Marks[^2..].Should().Equal(
            "Session Disconnected | User 2 - Total sessions: 1", "Session Created | User 3 - Total sessions: 2");
    }

    [Fact]
    public async Task One_in_use_is_never_disconnected_even_if_it_is_the_oldest()
    {
        using var busy = await _sessions.AcquireAsync(1, default);
        await UseAsync(2);
        await UseAsync(3);

        _factory.Connected.Should().Equal(1, 3);
        (await _sessions.TryDisconnectAsync(1)).Should().BeFalse();
    }

    [Fact]
    public async Task With_all_in_use_there_is_none_to_be_had_at_once()
    {
        using var first = await _sessions.AcquireAsync(1, default);
        using var second = await _sessions.AcquireAsync(2, default);

        (await _sessions.TryAcquireAsync(3, default)).Should().BeNull();
        _factory.Connected.Should().Equal(1, 2);
    }

    [Fact]
    public async Task Who_waits_gets_the_first_that_is_let_go()
    {
        using var first = await _sessions.AcquireAsync(1, default);
        var second = await _sessions.AcquireAsync(2, default);
        var third = _sessions.AcquireAsync(3, default);
        third.IsCompleted.Should().BeFalse();

        second.Dispose();

        using var lease = await third.WaitAsync(TestTime.Limit);
        _factory.Connected.Should().Equal(1, 3);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled_and_leaves_nothing()
    {
        using var first = await _sessions.AcquireAsync(1, default);
        var second = await _sessions.AcquireAsync(2, default);
        using var cancel = new CancellationTokenSource();
        var third = _sessions.AcquireAsync(3, cancel.Token);

        await cancel.CancelAsync();

        await third.Invoking(t => t).Should().ThrowAsync<OperationCanceledException>();
        second.Dispose();
        await UseAsync(4);
        _factory.Connected.Should().Equal(1, 4);
    }

    [Fact]
    public async Task A_login_that_fails_takes_no_place()
    {
        _factory.Failure = new IOException("no network");
        await _sessions.Invoking(s => s.AcquireAsync(1, default)).Should().ThrowAsync<IOException>();
        _factory.Failure = null;

        using var first = await _sessions.AcquireAsync(1, default);
        using var second = await _sessions.AcquireAsync(2, default);

        _sessions.Count.Should().Be(2);
        _watch.Marks.Should().HaveCount(2);
    }

    [Fact]
    public async Task Two_uses_of_one_user_share_a_session()
    {
        using var first = await _sessions.AcquireAsync(1, default);
        using var second = await _sessions.AcquireAsync(1, default);

        second.Session.Should().BeSameAs(first.Session);
        _factory.Connected.Should().Equal(1);
    }

    [Fact]
    public async Task Letting_go_twice_counts_once()
    {
        using var stays = await _sessions.AcquireAsync(1, default);
        var twice = await _sessions.AcquireAsync(1, default);
        twice.Dispose();
        twice.Dispose();

        (await _sessions.TryDisconnectAsync(1)).Should().BeFalse("the first use goes on");
    }

    [Fact]
    public async Task At_the_end_everybody_is_disconnected()
    {
        await UseAsync(1);
        await UseAsync(2);

        await _sessions.StopAsync(default);

        _factory.Connected.Should().BeEmpty();
        _sessions.Count.Should().Be(0);
    }

    private async Task UseAsync(long userId)
    {
        using var lease = await _sessions.AcquireAsync(userId, default);
    }
}
