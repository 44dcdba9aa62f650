using DownloaderBot.Telegram.Sessions;

namespace DownloaderBot.Tests.Telegram.Sessions;

public sealed class SessionStateTests
{
    private readonly List<byte> _kept = [];
    private readonly SessionState _state;

    public SessionStateTests() => _state = new([1], session => _kept.Add(session[0]));

    [Fact]
    public void A_change_is_kept_and_what_is_no_change_is_not_written()
    {
        _state.Save([1]);
        _state.Save([2]);
        _state.Save([2]);
        _state.Save([1]);

        _kept.Should().Equal(2, 1);
        _state.Latest.Should().Equal(1);
    }

    [Fact]
    public void While_it_is_held_nothing_is_kept_and_afterwards_the_latest()
    {
        _state.Hold();
        _state.Save([2]);
        _state.Save([3]);
        _kept.Should().BeEmpty();

        _state.Release();

        _kept.Should().Equal(3);
    }

    [Fact]
    public void What_a_client_saves_after_its_end_overwrites_nothing()
    {
        _state.Hold();
        _state.Save([2]);
        _state.End();
        _state.Save([3]);
        _state.Release();

        _kept.Should().BeEmpty();
        _state.Latest.Should().Equal(2);
    }

    [Fact]
    public void A_login_keeps_nothing_but_knows_what_there_is_to_keep()
    {
        var state = new SessionState(start: null, keep: null);

        state.Save([5]);

        state.Latest.Should().Equal(5);
    }
}
