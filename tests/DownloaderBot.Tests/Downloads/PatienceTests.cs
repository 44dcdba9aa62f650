using DownloaderBot.Chat;
using DownloaderBot.Local;
using DownloaderBot.Sessions;
using DownloaderBot.Tests.Sessions;
using DownloaderBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DownloaderBot.Tests.Downloads;

/// <summary>What passes does not end a download: waits that Telegram asks for, and outages.</summary>
public sealed class PatienceTests
{
    private const int Half = ScriptedSessions.PostBytes / 2;

    private readonly WaitingTime _time = new();
    private readonly ScriptedSessions _sessions = new();
    private readonly ConnectionLostException _lost = new(new IOException("no network"));

    [Fact]
    public async Task A_wait_in_the_middle_is_shown_and_kept_and_the_file_goes_on_where_it_was()
    {
        await using var bot = await StartAsync();
        var user = await bot.LoggedInAsync(1);
        _sessions.Fail("download 5 from 0", new FloodWaitException(TimeSpan.FromSeconds(40)));

        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await _time.WaitedForAsync(wait => wait.TotalSeconds == 40);
        await _time.PassAsync(3);
        await user.HearAsync("Telegram asks me to wait 40 seconds. I go on after that. /canceldownload ends it.", TestTime.Limit);
        _time.Advance(TimeSpan.FromSeconds(36));
        _sessions.Calls.Should().HaveCount(3, "a second is left");
        _time.Advance(TimeSpan.FromSeconds(1));

        (await user.ReceiveAsync(TestTime.Limit)).Sha256.Should().Be(PostContent.Sha256(ScriptedSessions.PostBytes));
        _sessions.Calls.Should().Equal("connect", "find 5", "download 5 from 0", $"download 5 from {Half}");
        await bot.ShouldBeCleanAsync(user);
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("find 5")]
    public async Task A_wait_before_the_first_byte_is_shown_and_kept_too(string call)
    {
        await using var bot = await StartAsync();
        var user = await bot.LoggedInAsync(1);
        _sessions.Fail(call, new FloodWaitException(TimeSpan.FromSeconds(300)));

        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await _time.WaitedForAsync(wait => wait.TotalSeconds == 300);
        await user.HearAsync("Telegram asks me to wait 300 seconds (about 5 minutes).", TestTime.Limit);
        _time.Advance(TimeSpan.FromSeconds(300));

        await user.HearAsync("Done", TestTime.Limit);
        _sessions.Calls.Count(c => c == call).Should().Be(2);
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        await using var bot = await StartAsync();
        var user = await bot.LoggedInAsync(1);
        _sessions.Fail("download 5 from 0", new FloodWaitException(TimeSpan.FromSeconds(40)));
        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await _time.WaitedForAsync(wait => wait.TotalSeconds == 40);

        (await user.AskAsync("/canceldownload", TestTime.Limit)).Should().Be("Your download is cancelled.");

        bot.Ended.Should().Equal("Download Cancelled | User 1 | File size: 1.0 MB");
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_wait_that_is_too_long_is_told_at_once()
    {
        await using var bot = await StartAsync();
        var user = await bot.LoggedInAsync(1);
        _sessions.Fail("download 5 from 0", new FloodWaitException(TimeSpan.FromSeconds(301)));

        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await user.HearAsync("wait 301 seconds (about 6 minutes) before I go on for you. Please try again after that.", TestTime.Limit);

        _sessions.Calls.Should().HaveCount(3);
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task Waits_without_a_byte_in_between_add_up()
    {
        await using var bot = await StartAsync();
        var user = await bot.LoggedInAsync(1);
        _sessions.Fail($"download 5 from {Half}", new FloodWaitException(TimeSpan.FromSeconds(200)), times: 2);
        _sessions.Fail("download 5 from 0", new FloodWaitException(TimeSpan.FromSeconds(200)));

        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await _time.PassAsync(200);
        await user.HearAsync("Please try again after that.", TestTime.Limit);

        _sessions.Calls.Should().HaveCount(4, "the first wait was kept, and the second would make it 400 s");
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_batch_pauses_and_all_of_it_arrives()
    {
        await using var bot = await StartAsync();
        var user = await bot.LoggedInAsync(1);
        _sessions.Fail("find 2", new FloodWaitException(TimeSpan.FromSeconds(60)));

        await user.TypeAsync("/bdl https://t.me/demo/1 https://t.me/demo/5", TestTime.Limit);
        await _time.PassAsync(60);

        await user.HearAsync("Batch finished: 5 of 5 delivered.", TestTime.Limit);
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_batch_stops_where_all_that_follows_would_end_the_same_way()
    {
        foreach (var (exception, reason) in ((Exception, string)[])
        [
            (new SessionEndedException("Your session has ended."), "Your session has ended."),
            (new FloodWaitException(TimeSpan.FromHours(1)), "wait 3600 seconds"),
            (new PrivatePostException(new("demo", 2)), "your account is not in"),
            (new UnknownChannelException(new("demo", 2)), "no channel or group named demo"),
        ])
        {
            await StopAsync(exception, reason);
        }

        async Task StopAsync(Exception exception, string reason)
        {
            var sessions = new ScriptedSessions();
            await using var bot = await RunningBot.StartAsync(change: services => services.AddSingleton<IUserSessionFactory>(sessions));
            var user = await bot.LoggedInAsync(1);
            sessions.Fail("find 2", exception);

            await user.TypeAsync("/bdl https://t.me/demo/1 https://t.me/demo/5", TestTime.Limit);
            var summary = await user.HearAsync("Batch stopped", TestTime.Limit);

            summary.Text.Should().StartWith("Batch stopped: 1 of 5 delivered, 1 failed:\nhttps://t.me/demo/2: ").And.Contain(reason)
                .And.EndWith("\nI did not try the other 3: they would have ended the same way.");
            sessions.Calls.Should().NotContain("find 3");
            await bot.ShouldBeCleanAsync(user);
        }
    }

    [Fact]
    public async Task A_batch_goes_on_after_a_post_that_is_gone()
    {
        await using var bot = await StartAsync();
        var user = await bot.LoggedInAsync(1);
        _sessions.Fail("find 2", new DeletedPostException(new("demo", 2)));

        await user.TypeAsync("/bdl https://t.me/demo/1 https://t.me/demo/3", TestTime.Limit);

        await user.HearAsync("Batch finished: 2 of 3 delivered, 1 failed:", TestTime.Limit);
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task An_outage_of_more_than_a_minute_costs_time_and_nothing_else()
    {
        await using var bot = await StartAsync();
        var user = await bot.LoggedInAsync(1);
        _sessions.Fail("download 5 from 0", _lost);
        _sessions.Fail($"download 5 from {Half}", _lost, times: 7);

        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        foreach (var seconds in (int[])[1, 2, 4, 8, 15, 15, 15, 15])
        {
            await _time.PassAsync(seconds);
        }

        (await user.ReceiveAsync(TestTime.Limit)).Sha256.Should().Be(PostContent.Sha256(ScriptedSessions.PostBytes));
        user.Conversation.Messages.Should().Contain(
            m => m.Text == "I have no connection to Telegram just now. I keep trying. /canceldownload ends it.");
        await bot.ShouldBeCleanAsync(user);
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("find 5")]
    public async Task An_outage_before_the_first_byte_too(string call)
    {
        await using var bot = await StartAsync();
        var user = await bot.LoggedInAsync(1);
        _sessions.Fail(call, _lost, times: 2);

        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await _time.PassAsync(1);
        await _time.PassAsync(2);

        await user.HearAsync("Done", TestTime.Limit);
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task An_outage_without_end_ends_the_download_after_two_minutes()
    {
        await using var bot = await StartAsync();
        var user = await bot.LoggedInAsync(1);
        _sessions.Fail("find 5", _lost, times: 100);

        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        foreach (var seconds in (int[])[1, 2, 4, 8, 15, 15, 15, 15, 15, 15, 15])
        {
            await _time.PassAsync(seconds);
        }

        await user.HearAsync("I cannot reach Telegram just now.", TestTime.Limit);
        bot.Ended.Should().Equal("Download Failed | User 1 | https://t.me/demo/5");
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_connection_of_the_local_platform_that_breaks_is_made_again_and_the_rest_fetched()
    {
        await using var bot = await RunningBot.StartAsync(change: services => services.AddSingleton<TimeProvider>(_time));
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/cut/5", TestTime.Limit);
        await _time.PassAsync(1);

        (await user.ReceiveAsync(TestTime.Limit)).Should().Be(new LocalFile("cut-5.bin", 5 << 20, PostContent.Sha256(5 << 20)));
        await bot.ShouldBeCleanAsync(user);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(200, 200)]
    public async Task A_chat_that_does_not_take_the_file_now_gets_it_later_and_it_is_not_downloaded_again(int? asked, int waited)
    {
        var failures = new Queue<Exception>([new ChatAwayException("I could not send it.", asked is { } s ? TimeSpan.FromSeconds(s) : null)]);
        await using var bot = await StartAsync(services => services.AddSingleton<IChat>(provider =>
            new HookedChat(provider.GetRequiredService<LocalChat>())
            {
                BeforeSendFile = () => failures.TryDequeue(out var failure) ? throw failure : Task.CompletedTask,
            }));
        var user = await bot.LoggedInAsync(1);

        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await _time.PassAsync(waited);

        (await user.ReceiveAsync(TestTime.Limit)).Sha256.Should().Be(PostContent.Sha256(ScriptedSessions.PostBytes));
        _sessions.Calls.Should().Equal("connect", "find 5", "download 5 from 0");
        await bot.ShouldBeCleanAsync(user);
    }

    private Task<RunningBot> StartAsync(Action<IServiceCollection>? change = null) => RunningBot.StartAsync(change: services =>
    {
        services.AddSingleton<TimeProvider>(_time).AddSingleton<IUserSessionFactory>(_sessions);
        change?.Invoke(services);
    });
}
