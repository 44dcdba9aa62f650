using System.Net;
using System.Net.Sockets;
using DownloaderBot.Tests.Support;

namespace DownloaderBot.Tests;

/// <summary>The program as people start it: what cannot be ends with one sentence.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("--RENDER=true", "RENDER is set, and a deployed bot has no local chat: set TELEGRAM_BOT_TOKEN *")]
    [InlineData("--RENDER_EXTERNAL_URL=https://bot.example", "RENDER_EXTERNAL_URL is set, and a deployed bot has no local chat: *")]
    [InlineData("--TELEGRAM_BOT_TOKEN=123:canary", "TELEGRAM_BOT_TOKEN is set, but *")]
    [InlineData("--PORT=http", "PORT is 'http'; it must be a number from 1 to 65535.")]
    public async Task What_cannot_be_is_said_and_ends_the_program(string setting, string sentence)
    {
        using var bot = new BotProcess("--urls", "http://127.0.0.1:0", setting);

        var (exitCode, error) = await bot.ExitAsync();

        exitCode.Should().Be(1);
        error.Should().Match(sentence).And.NotContain("\n").And.NotContain("canary");
    }

    [Fact]
    public async Task A_port_that_an_image_sets_is_listened_on_without_a_word()
    {
        using var bot = new BotProcess(BotHost.NoDemo, "--http_ports", $"{FreePort()}");

        var console = await bot.OutputToAsync("Listening on ");

        console.Should().Contain("Listening on http://0.0.0.0:").And.NotContain(" WRN ");
    }

    [Fact]
    public async Task A_port_that_a_platform_sets_is_where_a_browser_on_this_machine_finds_the_page()
    {
        var port = FreePort();
        using var bot = new BotProcess(BotHost.NoDemo, "--PORT", $"{port}");

        var console = await bot.OutputToAsync("The local chat: open ");

        console.Should().Contain($"The local chat: open http://localhost:{port} in a browser");
        using var client = new HttpClient();
        using var page = await client.GetAsync($"http://localhost:{port}/", TestTime.Limit);
        page.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_sentence_and_no_error_of_the_hosts()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var bot = new BotProcess(BotHost.NoDemo, "--urls", $"http://{taken.LocalEndpoint}");

        var console = await bot.OutputToAsync("Memory watch stopped");
        var (exitCode, error) = await bot.ExitAsync();

        exitCode.Should().Be(1);
        error.Should().Be($"Failed to bind to address http://{taken.LocalEndpoint}: address already in use. Set PORT to another one.");
        console.Should().NotContain(" ERR ");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
