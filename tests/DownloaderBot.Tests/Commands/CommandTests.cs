using DownloaderBot.Commands;
using DownloaderBot.Tests.Support;
using MemoryWatch;
using Microsoft.Extensions.DependencyInjection;

namespace DownloaderBot.Tests.Commands;

public sealed class CommandTests
{
    [Fact]
    public async Task Help_lists_every_command()
    {
        await using var bot = await RunningBot.StartAsync();

        var reply = await bot.User(1).AskAsync("/help", TestTime.Limit);

        reply.Split('\n').Select(line => line.Split(' ')[0]).Should().Equal(
            "/start", "/help", "/login", "/verify", "/password", "/cancel", "/logout", "/dl", "/bdl", "/canceldownload", "/queue",
            "/stats");
    }

    [Theory]
    [InlineData("/fly me to the moon")]
    [InlineData("/")]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("/dl\0 x")]
    public async Task What_is_no_command_gets_a_clear_reply_and_a_failed_operation(string text)
    {
        await using var bot = await RunningBot.StartAsync();

        (await bot.User(1).AskAsync(text, TestTime.Limit)).Should().Contain("/help");

        bot.Ended.Should().Equal("Command Failed | User 1 | unknown");
        bot.Watch.InFlight.Should().BeEmpty();
    }

    [Fact]
    public async Task What_was_typed_stays_out_of_the_journal()
    {
        await using var bot = await RunningBot.StartAsync();

        await bot.User(1).AskAsync("/verfy 12345", TestTime.Limit);
        await bot.User(1).AskAsync("/dl secret", TestTime.Limit);

        bot.Watch.RecentEntries.Should().NotBeEmpty().And.NotContain(
            e => $"{e.Title} {e.Context} {e.Error}".Contains("12345") || $"{e.Title} {e.Context} {e.Error}".Contains("secret"));
    }

    [Fact]
    public async Task A_malformed_link_gets_an_example_and_a_failed_operation()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);

        (await user.AskAsync("/dl https://example.com/25", TestTime.Limit)).Should().Contain("https://t.me/channel/123");

        bot.Ended.Should().Equal("Command Failed | User 1 | /dl");
        await bot.ShouldBeCleanAsync(user);
    }

    [Fact]
    public async Task A_download_needs_a_login()
    {
        await using var bot = await RunningBot.StartAsync();

        (await bot.User(1).AskAsync("/dl https://t.me/demo/1", TestTime.Limit)).Should().Contain("/login");

        bot.Queue.Find(1).Should().BeNull();
    }

    [Fact]
    public async Task What_the_watch_says_is_in_the_log_as_it_says_it()
    {
        await using var bot = await RunningBot.StartAsync();

        var snapshot = bot.Watch.Snapshot("A \"quoted\" {name}", "User 1 | 100%");
        await bot.StopAsync();

        (await bot.ReadLogAsync()).Should().Contain($" INF {snapshot.Describe()}\n").And.NotContain(" DBG ");
    }

    [Fact]
    public async Task A_command_may_name_the_bot_and_be_in_capitals()
    {
        await using var bot = await RunningBot.StartAsync();

        (await bot.User(1).AskAsync(" /Queue@DownloaderBot ", TestTime.Limit)).Should().StartWith("You have no download");
    }

    [Fact]
    public async Task Logging_in_connects_a_session_and_logging_out_ends_it()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = bot.User(1);

        (await bot.LogInAsync(user)).Should().StartWith("You are logged in.");
        bot.Sessions.Count.Should().Be(1);
        (await user.AskAsync("/login", TestTime.Limit)).Should().Contain("already");
        (await user.AskAsync("/logout", TestTime.Limit)).Should().Contain("logged out");
        bot.Sessions.Count.Should().Be(0);
        (await user.AskAsync("/logout", TestTime.Limit)).Should().Contain("not logged in");
    }

    [Fact]
    public async Task Stats_show_what_is_used_of_what_there_is()
    {
        await using var bot = await RunningBot.StartAsync(["--Bot:MaxSessions=4", "--Bot:MaxConcurrent=2"]);
        var user = bot.User(1);
        await bot.LogInAsync(user);

        (await user.AskAsync("/stats", TestTime.Limit)).Should()
            .Contain("Sessions: 1 of 4").And.Contain("0 of 2 running, 0 of 20 waiting").And.Contain("cache: 1").And.EndWith("Your number: 1");
    }

    [Fact]
    public async Task A_command_that_breaks_is_answered_and_the_next_one_works()
    {
        await using var bot = await RunningBot.StartAsync(change: services => services.AddSingleton<Command, BrokenCommand>());
        var user = bot.User(1);

        (await user.AskAsync("/broken", TestTime.Limit)).Should().Contain("went wrong").And.NotContain("inner detail");
        (await user.AskAsync("/start", TestTime.Limit)).Should().Contain("/login");
    }

    private sealed class BrokenCommand() : Command("broken", "breaks")
    {
        public override Task<string> RunAsync(CommandCall call, CancellationToken cancel) => throw new InvalidOperationException("inner detail");
    }
}
