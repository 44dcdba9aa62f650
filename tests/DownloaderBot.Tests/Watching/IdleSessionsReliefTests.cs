using DownloaderBot.Sessions;
using DownloaderBot.Tests.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Watching;
using MemoryWatch;
using Microsoft.Extensions.Logging.Abstractions;

namespace DownloaderBot.Tests.Watching;

public sealed class IdleSessionsReliefTests
{
    private readonly RecordingWatch _watch = new();
    private readonly FakeSessions _factory = new();
    private readonly SessionManager _sessions;
    private readonly IdleSessionsRelief _relief;

    public IdleSessionsReliefTests()
    {
        _sessions = new(_factory, _watch, new BotOptions { MaxSessions = 3 }, NullLogger<SessionManager>.Instance);
        _relief = new(_sessions);
    }

    [Fact]
    public async Task It_disconnects_idle_sessions_only()
    {
        using var busy = await _sessions.AcquireAsync(1, default);
        await UseAsync(2);
        await UseAsync(3);

        await _relief.RelieveAsync(default);

        _factory.Connected.Should().Equal(1);
        _sessions.Count.Should().Be(1);
        _watch.Expected.Select(e => e.Text).Should().BeEquivalentTo("UserSession | User 2", "UserSession | User 3");
    }

    [Fact]
    public async Task What_it_disconnected_is_garbage_and_is_connected_again_when_needed()
    {
        await UseAsync(2);
        await _relief.RelieveAsync(default);
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

        await _relief.RelieveAsync(default);

        (await fourth.WaitAsync(TestTime.Limit)).Dispose();
        _factory.Connected.Should().Contain([1, 3, 4]);
        first.Dispose();
        third.Dispose();
    }

    [Fact]
    public void It_is_asked_when_memory_is_critical() => (_relief.Name, _relief.StartsAt).Should().Be(("Idle sessions", MemoryZone.Critical));

    private async Task UseAsync(long user) => (await _sessions.AcquireAsync(user, default)).Dispose();
}
