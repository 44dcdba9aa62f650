using DownloaderBot.Sessions;
using DownloaderBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DownloaderBot.Tests.Sessions;

public sealed class IdleSessionsTests
{
    private readonly RecordingWatch _watch = new();
    private readonly FakeSessions _factory = new();
    private readonly SessionManager _sessions;

    public IdleSessionsTests() =>
        _sessions = new(_factory, _watch, new BotOptions { MaxSessions = 3 }, NullLogger<SessionManager>.Instance);

    [Fact]
    public async Task Only_idle_sessions_are_disconnected()
    {
        using var busy = await _sessions.AcquireAsync(1, default);
        await UseAsync(2);
        await UseAsync(3);

        await _sessions.DisconnectIdleAsync();

        _factory.Connected.Should().Equal(1);
        _sessions.Count.Should().Be(1);
        _watch.Expected.Select(e => e.Text).Should().BeEquivalentTo("UserSession | User 2", "UserSession | User 3");
    }

    [Fact]
    public async Task What_was_disconnected_is_garbage_and_is_connected_again_when_needed()
    {
        await UseAsync(2);
        await _sessions.DisconnectIdleAsync();
        _watch.IsCollected(0).Should().BeTrue();

        await UseAsync(2);

        _factory.Connected.Should().Equal(2);
    }

    [Fact]
    public async Task Who_waits_for_a_place_gets_one()
    {
        var (first, second, third) = (
            await _sessions.AcquireAsync(1, default), await _sessions.AcquireAsync(2, default), await _sessions.AcquireAsync(3, default));
        var fourth = _sessions.AcquireAsync(4, default);
        second.Dispose();

        await _sessions.DisconnectIdleAsync();

        (await fourth.WaitAsync(TestTime.Limit)).Dispose();
        _factory.Connected.Should().Contain([1, 3, 4]);
        first.Dispose();
        third.Dispose();
    }

    private async Task UseAsync(long user) => (await _sessions.AcquireAsync(user, default)).Dispose();
}
