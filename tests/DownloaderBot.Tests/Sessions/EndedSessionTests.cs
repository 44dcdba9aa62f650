using DownloaderBot.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Users;
using Microsoft.Extensions.DependencyInjection;

namespace DownloaderBot.Tests.Sessions;

public sealed class EndedSessionTests
{
    private const string Reply = "Your session has ended. Please /login again.";

    [Fact]
    public async Task A_user_whose_session_has_ended_can_log_in_again_at_once()
    {
        await using var bot = await RunningBot.StartAsync(
            change: services => services.AddSingleton<IUserSessionFactory>(new FakeSessions { Failure = new SessionEndedException(Reply) }));
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/demo/1", TestTime.Limit);
        await user.HearAsync(Reply, TestTime.Limit);
        await bot.ShouldBeCleanAsync(user);

        (await bot.Get<UserDirectory>().GetAsync(1, TestTime.Limit)).IsLoggedIn.Should().BeFalse();
        (await user.AskAsync("/dl https://t.me/demo/1", TestTime.Limit)).Should().Be("Please /login first.");
        (await user.AskAsync($"/login {user.Phone}", TestTime.Limit)).Should().Contain("/verify");
    }

    [Fact]
    public async Task A_session_that_ends_in_the_middle_is_disconnected()
    {
        var sessions = new EndingSessions();
        await using var bot = await RunningBot.StartAsync(change: services => services.AddSingleton<IUserSessionFactory>(sessions));
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/demo/1", TestTime.Limit);
        await user.HearAsync(Reply, TestTime.Limit);
        await (bot.Queue.Find(1)?.Ended ?? Task.CompletedTask).WaitAsync(TestTime.Limit);

        sessions.Disconnected.Should().Be(1);
        bot.Sessions.Count.Should().Be(0);
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_logout_that_the_platform_could_not_be_told_of_is_a_logout_all_the_same()
    {
        await using var bot = await RunningBot.StartAsync(change: services => services.AddSingleton<IUserLogins>(new DeafLogins()));
        var user = await bot.LoggedInAsync(1);

        (await user.AskAsync("/logout", TestTime.Limit)).Should().Be(DeafLogins.Reply);

        (await bot.Get<UserDirectory>().GetAsync(1, TestTime.Limit)).IsLoggedIn.Should().BeFalse();
    }

    /// <summary>Connects, and has ended by the first question.</summary>
    private sealed class EndingSessions : IUserSessionFactory, IUserSession
    {
        public int Disconnected { get; private set; }

        public Task<IUserSession> LogInAsync(long userId, CancellationToken cancel) => Task.FromResult<IUserSession>(this);

        public Task<IReadOnlyList<MediaInfo>> FindFilesAsync(PostLink link, bool wholeAlbum, CancellationToken cancel) => throw new SessionEndedException(Reply);

        public Task DownloadAsync(MediaInfo media, long offset, Stream destination, Action<long> spent, CancellationToken cancel) => throw new NotSupportedException();

        public ValueTask DisposeAsync()
        {
            Disconnected++;
            return default;
        }
    }

    private sealed class DeafLogins : IUserLogins
    {
        public Task WarmUpAsync(CancellationToken cancel) => Task.CompletedTask;

        public const string Reply = "It is deleted here; end it there too.";

        public Task<IUserLogin> BeginAsync(long userId, string phone, CancellationToken cancel) => throw new NotSupportedException();

        public Task ForgetAsync(long userId, CancellationToken cancel) => throw new BotException(Reply);
    }
}
