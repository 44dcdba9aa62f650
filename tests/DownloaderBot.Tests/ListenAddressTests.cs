using Microsoft.Extensions.Configuration;

namespace DownloaderBot.Tests;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData(null, null, null, "http://localhost:8080")]
    [InlineData(null, "http://127.0.0.1:0", null, "http://127.0.0.1:0")]
    [InlineData(null, "http://127.0.0.1:0", "8080", "http://127.0.0.1:0")]
    [InlineData("10000", null, null, "http://0.0.0.0:10000")]
    [InlineData("10000", "http://127.0.0.1:0", null, "http://0.0.0.0:10000")]
    [InlineData("10000", null, "8080", "http://0.0.0.0:10000")]
    [InlineData(null, null, "8080", "http://0.0.0.0:8080")]
    [InlineData("", "", "8080; 9090", "http://0.0.0.0:8080;http://0.0.0.0:9090")]
    public void It_listens_where_the_platform_says(string? port, string? urls, string? ports, string expected) =>
        ListenAddress.Choose(Configuration(port, urls, ports)).Should().Be(expected);

    [Theory]
    [InlineData("http://0.0.0.0:10000", "http://localhost:10000")]
    [InlineData("http://[::]:8080", "http://localhost:8080")]
    [InlineData("https://*:8443", "https://localhost:8443")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    [InlineData("http://localhost:8080", "http://localhost:8080")]
    public void A_browser_is_sent_to_an_address_that_it_can_open(string url, string expected) =>
        ListenAddress.OnThisMachine(url).Should().Be(expected);

    [Theory]
    [InlineData("http")]
    [InlineData("0")]
    [InlineData("70000")]
    [InlineData("-5")]
    public void A_port_that_is_none_is_named(string port)
    {
        var choose = () => ListenAddress.Choose(Configuration(port));

        choose.Should().Throw<InvalidOperationException>().WithMessage($"PORT is '{port}'; it must be a number from 1 to 65535.");
    }

    [Theory]
    [InlineData("http")]
    [InlineData("8080,9090")]
    [InlineData("8080;x")]
    [InlineData(";")]
    public void So_are_ports_that_are_none(string ports)
    {
        var choose = () => ListenAddress.Choose(Configuration(ports: ports));

        choose.Should().Throw<InvalidOperationException>().WithMessage(
            $"ASPNETCORE_HTTP_PORTS is '{ports}'; it must be numbers from 1 to 65535, separated by semicolons.");
    }

    private static IConfiguration Configuration(string? port = null, string? urls = null, string? ports = null) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("PORT", port), new("urls", urls), new("http_ports", ports)])
        .Build();
}
