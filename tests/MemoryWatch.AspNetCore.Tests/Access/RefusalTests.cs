using MemoryWatch.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryWatch.AspNetCore.Tests.Access;

/// <summary>Who has no right to the page gets the status of an address that does not exist, and nothing of the application.</summary>
public sealed class RefusalTests
{
    private static readonly string[] Paths =
        ["/memory", "/memory/", "/memory/snapshot", "/memory/operations", "/memory/findings", "/memory/history", "/memory/report", "/memory/events"];

    private static readonly string[] ProxyHeaders =
    [
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "x-forwarded-proto", "X-Forwarded-Anything", "Via", "X-Real-IP", "X-Original-For",
        "CF-Connecting-IP", "True-Client-IP", "Fly-Client-IP",
    ];

    [Fact]
    public async Task Without_the_key_nothing_of_the_application_is_to_be_had_from_elsewhere()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch());
        foreach (var path in Paths)
        {
            await RefusedAsync(path, host.SendAsync(path));
            await RefusedAsync(path, host.SendAsync(path, "HEAD"));
            await RefusedAsync(path, host.SendAsync(path, from: null));
            await RefusedAsync(path, host.SendAsync(path, host: "localhost"));
            await RefusedAsync(path, host.SendAsync($"{path}?key={PageHost.Key}"));
            await RefusedAsync(path, host.SendAsync(path, request: r => r.Headers.Authorization = $"Bearer {PageHost.Key}"));
        }
    }

    [Fact]
    public async Task Loopback_behind_a_proxy_is_not_the_machine_itself()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch());
        foreach (var path in Paths)
        {
            foreach (var header in ProxyHeaders)
            {
                await RefusedAsync($"{path} with {header}", host.SendAsync(path, from: "127.0.0.1", host: "localhost", request: r => r.Headers[header] = "127.0.0.1"));
            }

            await RefusedAsync($"{path} by HTTP/1.0", host.SendAsync(path, from: "127.0.0.1", host: "localhost", request: r => r.Protocol = "HTTP/1.0"));
        }
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("10.0.0.5")]
    [InlineData("")]
    public async Task A_foreign_name_for_this_machine_is_refused(string name)
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch());
        foreach (var path in Paths)
        {
            await RefusedAsync(path, host.SendAsync(path, from: "127.0.0.1", host: name));
        }
    }

    [Fact]
    public async Task Another_sites_script_on_this_machine_is_refused()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch());

        await RefusedAsync("a foreign origin", host.SendAsync("/memory/snapshot", from: "127.0.0.1", host: "localhost", request: r => r.Headers.Origin = "https://evil.example"));
        await RefusedAsync("another port", host.SendAsync("/memory/snapshot", from: "127.0.0.1", host: "localhost:5000", request: r => r.Headers.Origin = "http://localhost:6000"));
        await RefusedAsync("cross-site", host.SendAsync("/memory/report", from: "127.0.0.1", host: "localhost", request: r => r.Headers["Sec-Fetch-Site"] = "cross-site"));

        // Following a link is not reading.
        (await host.SendAsync("/memory", from: "127.0.0.1", host: "localhost", request: r => (r.Headers["Sec-Fetch-Site"], r.Headers["Sec-Fetch-Dest"]) = ("cross-site", "document")))
            .Response.StatusCode.Should().Be(200);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Other_methods_do_not_exist_even_for_those_who_may_read(string method)
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch());
        foreach (var path in Paths)
        {
            (await host.SendAsync(path, method, from: "127.0.0.1", host: "localhost")).Response.StatusCode.Should().Be(404, $"{method} {path}");
        }

        (await host.SendAsync("/memory/enter", from: "127.0.0.1", host: "localhost")).Response.StatusCode.Should().Be(404);
    }

    [Fact]
    public async Task A_cookie_that_is_made_up_or_late_or_of_another_key_is_refused()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch());
        await using var other = await PageHost.StartAsync(o => o.AccessKey = "another-key-than-this");
        var good = await host.CookieAsync();
        var foreign = await other.CookieAsync("another-key-than-this");
        string[] cookies =
        [
            "memorywatch=", "memorywatch=1", "memorywatch=99999999999.", "memorywatch=99999999999.AA", good[..^2], good.Replace("=1", "=2", StringComparison.Ordinal), foreign,
            $"memorywatch={new string('9', 300)}.AA",
        ];
        foreach (var cookie in cookies)
        {
            await RefusedAsync(cookie, host.SendAsync("/memory/snapshot", request: r => r.Headers.Cookie = cookie));
        }

        (await host.SendAsync("/memory/snapshot", request: r => r.Headers.Cookie = good)).Response.StatusCode.Should().Be(200);
        host.Time.Advance(TimeSpan.FromDays(8));
        await RefusedAsync("a late one", host.SendAsync("/memory/snapshot", request: r => r.Headers.Cookie = good));
    }

    [Fact]
    public async Task Authorization_that_lets_anonymous_users_through_is_none()
    {
        await using var host = await PageHost.StartAsync(
            watch: Demo.Watch(), services: TestUser.Add, before: app => app.UseAuthentication().UseAuthorization(),
            after: page => page.RequireAuthorization().AllowAnonymous());

        await RefusedAsync("anonymous", host.SendAsync("/memory/snapshot"));
    }

    [Fact]
    public async Task Authorization_that_nobody_enforces_is_none()
    {
        await using var host = await PageHost.StartAsync(
            watch: Demo.Watch(),
            services: services => services.Configure<RouteOptions>(o => o.SuppressCheckForUnhandledSecurityMetadata = true),
            after: page => page.RequireAuthorization());

        await RefusedAsync("nobody checked", host.SendAsync("/memory/snapshot"));
    }

    [Fact]
    public async Task The_machine_itself_needs_the_key_where_that_is_set()
    {
        await using var host = await PageHost.StartAsync(o => (o.AccessKey, o.AllowLoopback) = (PageHost.Key, false), Demo.Watch());

        await RefusedAsync("loopback", host.SendAsync("/memory/snapshot", from: "127.0.0.1", host: "localhost"));
    }

    private static async Task RefusedAsync(string what, Task<HttpContext> sent)
    {
        var context = await sent;
        var text = await PageHost.TextAsync(context);
        context.Response.StatusCode.Should().Be(404, what);
        context.Response.Headers.SetCookie.Should().BeEmpty(what);
        text.Should().NotContain("Download", what).And.NotContain("512 MB", what).And.NotContain("cgroup", what).And.NotContain(PageHost.Key, what);
    }
}
