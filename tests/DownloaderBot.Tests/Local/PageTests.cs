using System.Net;
using DownloaderBot.Local;
using DownloaderBot.Tests.Support;

namespace DownloaderBot.Tests.Local;

public sealed class PageTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/local/page.js")]
    [InlineData("/local/page.css")]
    public async Task The_page_allows_itself_nothing_from_elsewhere(string path)
    {
        await using var bot = await RunningBot.StartAsync();
        using var client = Client(bot);

        using var response = await client.GetAsync(path, TestTime.Limit);

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        response.Headers.GetValues("Content-Security-Policy").Single().Should().StartWith("default-src 'none'; script-src 'self'")
            .And.Contain("frame-ancestors 'none'").And.NotContain("unsafe");
        (await response.Content.ReadAsStringAsync(TestTime.Limit)).Should().NotContain("http://").And.NotContain("innerHTML");
    }

    [Theory]
    [InlineData("Host", "rebound.example")]
    [InlineData("Host", "localhost.example:8080")]
    [InlineData("Host", "127.0.0.2")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("x-forwarded-anything", "")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Via", "1.1 somebody")]
    public async Task For_a_request_from_elsewhere_there_is_no_page(string header, string value)
    {
        await using var bot = await RunningBot.StartAsync();
        using var client = Client(bot);
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        foreach (var path in new[] { "/", "/local/page.js", "/local/events?users=1", "/local/files/0" })
        {
            using var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestTime.Limit);
            response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        }

        using var health = await client.GetAsync("/health", TestTime.Limit);
        health.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(false, null, HttpStatusCode.NotFound)]
    [InlineData(true, "http://evil.example", HttpStatusCode.NotFound)]
    [InlineData(true, "null", HttpStatusCode.NotFound)]
    [InlineData(true, null, HttpStatusCode.OK)]
    public async Task Another_sites_page_cannot_type_for_anybody(bool hasHeader, string? origin, HttpStatusCode expected)
    {
        await using var bot = await RunningBot.StartAsync();
        using var client = Client(bot);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/local/users/7/messages") { Content = new StringContent("/start") };
        if (hasHeader)
        {
            request.Headers.Add("X-Local-Chat", "1");
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await client.SendAsync(request, TestTime.Limit);

        response.StatusCode.Should().Be(expected);
        if (expected == HttpStatusCode.OK)
        {
            (await bot.User(7).HearAsync("/login", TestTime.Limit)).Text.Should().StartWith("I download");
        }
    }

    [Fact]
    public async Task A_message_larger_than_anybody_types_is_refused()
    {
        await using var bot = await RunningBot.StartAsync();
        using var client = Client(bot);
        client.DefaultRequestHeaders.Add("X-Local-Chat", "1");

        using var response = await client.PostAsync("/local/users/7/messages", new StringContent(new string('x', 17 << 10)), TestTime.Limit);

        response.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_small_file_can_be_fetched_and_a_large_one_is_only_counted()
    {
        await using var bot = await RunningBot.StartAsync();
        var user = await bot.LoggedInAsync(1);
        await user.TypeAsync("/dl https://t.me/demo/1", TestTime.Limit);
        var small = await user.ReceiveAsync(TestTime.Limit);
        await user.HearAsync("Done", TestTime.Limit);
        await bot.ShouldBeCleanAsync(user);
        await user.TypeAsync("/dl https://t.me/demo/2", TestTime.Limit);
        var large = await user.ReceiveAsync(TestTime.Limit);
        using var client = Client(bot);

        using var response = await client.GetAsync($"/local/files/{small.Sha256}?name=a%22b%0D%0Ac.bin", TestTime.Limit);
        using var missing = await client.GetAsync($"/local/files/{large.Sha256}", TestTime.Limit);

        (await response.Content.ReadAsByteArrayAsync(TestTime.Limit)).Should().HaveCount(1 << 20);
        response.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        missing.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public void Only_the_last_few_small_files_are_kept()
    {
        var kept = new KeptFiles();
        for (var i = 0; i < 9; i++)
        {
            kept.Keep($"{i}", [1]);
        }

        kept.Find("0").Should().BeNull();
        kept.Find("1").Should().NotBeNull();
        kept.Find("8").Should().NotBeNull();
    }

    private static HttpClient Client(RunningBot bot) => new() { BaseAddress = bot.Address };
}
