using DownloaderBot.Sessions;
using DownloaderBot.Tests.Sessions;
using DownloaderBot.Tests.Support;
using MemoryWatch;
using Microsoft.Extensions.DependencyInjection;

namespace DownloaderBot.Tests.Watching;

/// <summary>What the bot does when memory runs short.</summary>
public sealed class StayAliveTests
{
    [Fact]
    public async Task While_the_limit_is_imminent_downloads_and_logins_are_refused_with_the_reason()
    {
        await using var bot = await RunningBot.StartAsync(["--MemoryWatch:Limit=16MB"]);
        var (user, stranger) = (await bot.LoggedInAsync(1), bot.User(2));
        await ImminentAsync(bot);

        (await user.AskAsync("/dl https://t.me/demo/1", TestTime.Limit)).Should().StartWith("I am short of memory just now");
        (await stranger.AskAsync($"/login {stranger.Phone}", TestTime.Limit)).Should().StartWith("I am short of memory just now");

        bot.Watch.RecentEntries.Should().Contain(e => e.Title == "Download Refused" && e.Context.ToString() == "User 1 | Memory: Imminent");
        bot.Queue.Running.Should().Be(0);
    }

    [Fact]
    public async Task A_bot_that_is_not_to_act_takes_them_all_the_same()
    {
        await using var bot = await RunningBot.StartAsync(["--MemoryWatch:Limit=16MB", "--Bot:StayAlive=false"]);
        var user = await bot.LoggedInAsync(1);
        await ImminentAsync(bot);

        await user.TypeAsync("/dl https://t.me/demo/1", TestTime.Limit);

        await user.HearAsync("Done", TestTime.Limit);
    }

    [Fact]
    public async Task The_download_that_takes_the_most_is_stopped_and_its_user_told_when_nothing_else_helps()
    {
        await using var bot = await RunningBot.StartAsync(change: services => services.AddSingleton<IUserSessionFactory, GreedySessions>());
        var user = await bot.LoggedInAsync(1);
        var limit = (bot.Watch.Current.Process.ResidentBytes!.Value >> 20) * 2;
        await File.WriteAllTextAsync(Path.Combine(bot.Folder, "appsettings.json"), $$"""{ "MemoryWatch": { "Limit": "{{limit}}MB" } }""");
        await bot.LoggedAsync("Memory watch settings changed");

        await user.TypeAsync("/dl https://t.me/demo/5", TestTime.Limit);

        await user.HearAsync("I had to stop this download because memory was running out", TestTime.Limit);
        await bot.ShouldBeCleanAsync(user);
        bot.Ended.Should().Contain("Download Cancelled | User 1 | File size: 1.0 MB");
    }

    private static async Task ImminentAsync(RunningBot bot)
    {
        var isImminent = await Task.Run(() => SpinWait.SpinUntil(() => bot.Watch.Current.Zone == MemoryZone.Imminent, TimeSpan.FromSeconds(30)));
        isImminent.Should().BeTrue();
    }
}
