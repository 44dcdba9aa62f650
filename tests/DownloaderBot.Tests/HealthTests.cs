using System.Net;
using DownloaderBot.Tests.Support;
using MemoryWatch;

namespace DownloaderBot.Tests;

public sealed class HealthTests
{
    [Fact]
    public async Task A_bot_with_memory_left_is_well_and_ready()
    {
        await using var bot = await RunningBot.StartAsync(["--MemoryWatch:Limit=100GB"]);

        (await StatusAsync(bot, "/health")).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(bot, "/health/ready")).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_bot_near_its_limit_wants_no_more_work_but_no_restart_either()
    {
        await using var bot = await RunningBot.StartAsync(["--MemoryWatch:Limit=16MB"]);
        SpinWait.SpinUntil(() => bot.Watch.Current.Zone == MemoryZone.Imminent, TimeSpan.FromSeconds(30)).Should().BeTrue();

        (await StatusAsync(bot, "/health")).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(bot, "/health/ready")).Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningBot bot, string path)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(bot.Address, path), TestTime.Limit);
        return response.StatusCode;
    }
}
