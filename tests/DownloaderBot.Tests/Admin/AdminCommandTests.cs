using DownloaderBot.Tests.Support;
using DownloaderBot.Users;

namespace DownloaderBot.Tests.Admin;

public sealed class AdminCommandTests
{
    private static readonly string[] Settings = ["--Bot:AdminIds=7, 9", "--Bot:MaxConcurrent=1", "--Bot:LogTail=2KB"];

    [Fact]
    public async Task Admins_see_their_commands_and_nobody_else_does()
    {
        await using var bot = await RunningBot.StartAsync(Settings);

        var toAdmin = await bot.User(9).AskAsync("/help", TestTime.Limit);
        var toUser = await bot.User(1).AskAsync("/help", TestTime.Limit);

        toAdmin.Should().StartWith(toUser);
        toAdmin[toUser.Length..].Trim().Split('\n').Select(line => line.Split(' ')[0]).Should().Equal(
            "/memory", "/logs", "/setpremium", "/removepremium", "/killall");
    }

    [Theory]
    [InlineData("/memory")]
    [InlineData("/logs")]
    [InlineData("/setpremium 1 30")]
    [InlineData("/removepremium 1")]
    [InlineData("/killall")]
    public async Task To_others_they_are_unknown_commands(string command)
    {
        await using var bot = await RunningBot.StartAsync(Settings);
        var user = await bot.LoggedInAsync(1);

        (await user.AskAsync(command, TestTime.Limit)).Should().StartWith("I do not know that command.");

        user.Conversation.Messages.Should().ContainSingle();
        (await bot.Get<UserDirectory>().GetAsync(1, TestTime.Limit)).PremiumUntil.Should().BeNull();
    }

    [Fact]
    public async Task Memory_is_the_watchs_snapshot()
    {
        await using var bot = await RunningBot.StartAsync(Settings);
        await bot.MeasuredAsync();

        (await bot.User(7).AskAsync("/memory", TestTime.Limit)).Should()
            .StartWith("📊 MEMORY SNAPSHOT\n").And.NotContain("Operation:").And.Contain("RAM Usage: ").And.Contain("Sessions: 0 | Queue: 0 | Active DLs: 0");
    }

    [Fact]
    public async Task Logs_are_the_end_of_the_log_as_a_file_of_whole_lines()
    {
        await using var bot = await RunningBot.StartAsync(Settings);
        for (var i = 0; i < 50; i++)
        {
            bot.Watch.Mark("A line to fill the log", $"Number {i}");
        }

        var admin = bot.User(7);
        await admin.TypeAsync("/logs", TestTime.Limit);
        var file = await admin.ReceiveAsync(TestTime.Limit);
        await admin.HearAsync("of the log", TestTime.Limit);

        file.Name.Should().Be("logs.txt");
        file.Length.Should().BeInRange(1000, 2048);
        var tail = await DownloaderBot.Admin.LogTail.ReadAsync(bot.Folder, 2048, TestTime.Limit);
        System.Text.Encoding.UTF8.GetString(tail).Should().MatchRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2} ").And.Contain("Number 49");
    }

    [Fact]
    public async Task Premium_is_set_and_removed()
    {
        await using var bot = await RunningBot.StartAsync(Settings);
        var (admin, users) = (bot.User(7), bot.Get<UserDirectory>());

        (await admin.AskAsync("/setpremium 55 30", TestTime.Limit)).Should().StartWith("That user is premium until ");
        (await users.GetAsync(55, TestTime.Limit)).PremiumUntil.Should()
            .BeCloseTo(TimeProvider.System.GetUtcNow().AddDays(30), TimeSpan.FromMinutes(1));
        (await admin.AskAsync("/removepremium 55", TestTime.Limit)).Should().Be("That user is not premium.");
        (await users.GetAsync(55, TestTime.Limit)).PremiumUntil.Should().BeNull();
    }

    [Fact]
    public async Task Who_was_made_premium_is_served_first()
    {
        await using var bot = await RunningBot.StartAsync(Settings);
        var hold = bot.HoldDownloads();
        var (running, free, premium) = (await bot.LoggedInAsync(1), await bot.LoggedInAsync(2), await bot.LoggedInAsync(3));
        await bot.User(7).AskAsync("/setpremium 3 1", TestTime.Limit);
        await running.TypeAsync("/dl https://t.me/demo/1", TestTime.Limit);
        await hold.Reached;
        await free.AskAsync("/dl https://t.me/demo/1", TestTime.Limit);

        (await premium.AskAsync("/dl https://t.me/demo/1", TestTime.Limit)).Should().Contain("number 1");

        hold.Open();
        await free.ReceiveAsync(TestTime.Limit);
        await bot.ShouldBeCleanAsync(running, free, premium);
    }

    [Theory]
    [InlineData("/setpremium")]
    [InlineData("/setpremium 5")]
    [InlineData("/setpremium five 30")]
    [InlineData("/setpremium 5 0")]
    [InlineData("/setpremium 5 -3")]
    [InlineData("/setpremium 5 3651")]
    [InlineData("/setpremium -5 30")]
    [InlineData("/removepremium")]
    [InlineData("/removepremium -1")]
    public async Task What_makes_no_sense_gets_an_example(string command)
    {
        await using var bot = await RunningBot.StartAsync(Settings);

        (await bot.User(7).AskAsync(command, TestTime.Limit)).Should().Contain("premium 12345");
    }

    [Fact]
    public async Task Killall_cancels_every_download_and_tells_their_users()
    {
        await using var bot = await RunningBot.StartAsync(Settings);
        var hold = bot.HoldDownloads();
        var (running, waiting) = (await bot.LoggedInAsync(1), await bot.LoggedInAsync(2));
        await running.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);
        await hold.Reached;
        await waiting.AskAsync("/bdl https://t.me/demo/1 https://t.me/demo/4", TestTime.Limit);

        (await bot.User(7).AskAsync("/killall", TestTime.Limit)).Should().Be("Downloads cancelled: 2.");

        running.Conversation.Messages[^1].Text.Should().Contain("administrator");
        waiting.Conversation.Messages[^1].Text.Should().Contain("administrator");
        await bot.ShouldBeCleanAsync(running, waiting);
    }
}
