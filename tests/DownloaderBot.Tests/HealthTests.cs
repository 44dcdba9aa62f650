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

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/ready")]
    public async Task Monitors_that_want_no_more_than_the_head_get_the_same(string path)
    {
        await using var bot = await RunningBot.StartAsync(["--MemoryWatch:Limit=100GB"]);

        (await StatusAsync(bot, path, HttpMethod.Head)).Should().Be(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningBot bot, string path, HttpMethod? method = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, new Uri(bot.Address, path));
        using var response = await client.SendAsync(request, TestTime.Limit);
        return response.StatusCode;
    }
}
