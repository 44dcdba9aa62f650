using DownloaderBot.Sessions;
using DownloaderBot.Tests.Secrets;
using DownloaderBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DownloaderBot.Tests.Sessions;

public sealed class SessionWarmUpTests
{
    [Fact]
    public async Task What_the_library_takes_once_is_told_once_and_is_no_alarm()
    {
        using var bot = new BotProcess(
            BotHost.NoDemo, "--urls", "http://127.0.0.1:0", "--Local:LibraryMegabytes=60", "--MemoryWatch:SpikeWindow=00:00:05");

        var console = await bot.OutputToAsync("MEMORY AFTER START");

        console.Should().MatchRegex(@" INF Session Library Ready \| [6-9][0-9]\.[0-9] MB more than before, once \| Memory: ")
            .And.NotContain("MEMORY SPIKE").And.NotContain(" WRN ");
    }

    [Fact]
    public async Task If_it_fails_the_bot_goes_on_and_says_so_without_a_secret()
    {
        await using var talkative = await TalkativeBot.StartAsync(services => services.AddSingleton<IUserLogins>(new TalkingPlatform()));
        var user = talkative.Bot.User(1);

        await talkative.Bot.LoggedAsync("Warm-Up Failed | The sessions' library");

        (await user.AskAsync("/start", TestTime.Limit)).Should().Contain("/login");
        talkative.Exceptions.Should().Contain(Canaries.SessionKey, "the platform did talk");
        await talkative.ShouldHaveKeptItsSecretsAsync(user);
    }

    [Fact]
    public async Task A_login_after_it_takes_nothing_more()
    {
        await using var bot = await RunningBot.StartAsync(["--Local:LibraryMegabytes=60"]);
        var user = bot.User(1);
        await bot.Get<IEnumerable<IHostedService>>().OfType<SessionWarmUp>().Single().ExecuteTask!.WaitAsync(TestTime.Limit);
        var before = GC.GetTotalAllocatedBytes();

        (await bot.LogInAsync(user)).Should().StartWith("You are logged in.");

        (GC.GetTotalAllocatedBytes() - before).Should().BeLessThan(30 << 20);
    }
}
