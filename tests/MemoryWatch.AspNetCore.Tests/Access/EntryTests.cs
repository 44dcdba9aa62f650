using MemoryWatch.AspNetCore.Page.Access;
using MemoryWatch.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace MemoryWatch.AspNetCore.Tests.Access;

/// <summary>The ways in: from the machine itself, by the key, and by the application's own authorization.</summary>
public sealed class EntryTests
{
    private static readonly string[] Paths = ["/memory", "/memory/snapshot", "/memory/operations", "/memory/findings", "/memory/history", "/memory/report"];

    [Theory]
    [InlineData("127.0.0.1", "localhost")]
    [InlineData("127.0.0.1", "localhost:5000")]
    [InlineData("127.0.0.1", "LOCALHOST")]
    [InlineData("127.0.0.1", "127.0.0.1:5000")]
    [InlineData("::1", "[::1]:5000")]
    [InlineData("::ffff:127.0.0.1", "localhost")]
    public async Task The_machine_itself_needs_no_key(string from, string name)
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch());
        foreach (var path in Paths)
        {
            (await host.SendAsync(path, from: from, host: name)).Response.StatusCode.Should().Be(200, path);
        }
    }

    [Fact]
    public async Task The_key_opens_everything_for_the_browser_in_which_it_was_entered()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch());

        var entered = await host.EnterAsync(PageHost.Key);
        var cookie = entered.Response.Headers.SetCookie.ToString().Split(';')[0];

        entered.Response.StatusCode.Should().Be(303);
        entered.Response.Headers.Location.ToString().Should().Be("../memory?entered");
        foreach (var path in Paths)
        {
            (await host.SendAsync(path, request: r => r.Headers.Cookie = cookie)).Response.StatusCode.Should().Be(200, path);
        }
    }

    [Theory]
    [InlineData("http", "app.example.com", true)]
    [InlineData("https", "app.example.com", true)]
    [InlineData("http", "10.0.0.5:8080", true)]
    [InlineData("http", "localhost:5000", false)]
    [InlineData("https", "localhost:5001", true)]
    public async Task The_cookie_is_for_this_site_and_its_requests_alone(string scheme, string name, bool isSecure)
    {
        await using var host = await PageHost.StartAsync();

        var cookie = (await host.EnterAsync(PageHost.Key, name, scheme)).Response.Headers.SetCookie.ToString();

        var flags = cookie.ToLowerInvariant().Split("; ")[1..];
        flags.Should().Contain("httponly").And.Contain("samesite=strict").And.Contain("max-age=604800");
        flags.Contains("secure").Should().Be(isSecure);
        flags.Should().NotContain(flag => flag.StartsWith("path", StringComparison.Ordinal), "the browser takes the folder of the form");
        cookie.Should().NotContain(PageHost.Key);
    }

    [Theory]
    [InlineData("wrong-key-of-the-tests")]
    [InlineData("the-key-of-the-test")]
    [InlineData("THE-KEY-OF-THE-TESTS")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_wrong_key_is_answered_with_the_form(string? key)
    {
        await using var host = await PageHost.StartAsync();

        var context = await host.EnterAsync(key);

        context.Response.StatusCode.Should().Be(404);
        context.Response.Headers.SetCookie.Should().BeEmpty();
        (await PageHost.TextAsync(context)).Should().Contain("That is not the key.").And.Contain("<form method=\"post\" action=\"enter\">");
    }

    [Fact]
    public async Task A_huge_or_broken_form_is_a_wrong_key()
    {
        await using var host = await PageHost.StartAsync();
        foreach (var body in new[] { $"key={new string('k', 5000)}", new string('k', 100_000), "key", "=&=&=&=&=&=", "\0\u0001" })
        {
            var context = await host.SendAsync("/memory/enter", "POST", request: r => r.Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body)));
            context.Response.StatusCode.Should().Be(404);
        }
    }

    [Fact]
    public async Task Attempts_are_limited_for_all_together_and_come_back_with_time()
    {
        await using var host = await PageHost.StartAsync();
        for (var i = 0; i < AttemptLimit.Most; i++)
        {
            (await PageHost.TextAsync(await host.EnterAsync("wrong-key-of-the-tests"))).Should().Contain("That is not the key.");
        }

        (await PageHost.TextAsync(await host.EnterAsync(PageHost.Key))).Should().Contain("too many attempts", "even the right one says nothing now");
        host.Time.Advance(AttemptLimit.Refill);
        (await host.EnterAsync(PageHost.Key)).Response.StatusCode.Should().Be(303);
        (await host.EnterAsync(PageHost.Key)).Response.StatusCode.Should().Be(404);
    }

    [Fact]
    public async Task A_browser_that_does_not_keep_the_cookie_is_told_why()
    {
        await using var host = await PageHost.StartAsync();

        (await PageHost.TextAsync(await host.SendAsync("/memory?entered"))).Should().Contain("only over https");
        (await PageHost.TextAsync(await host.SendAsync("/memory"))).Should().NotContain("only over https");
    }

    [Fact]
    public async Task The_applications_authorization_guards_all_addresses_and_needs_no_key()
    {
        await using var host = await PageHost.StartAsync(
            _ => { }, Demo.Watch(), TestUser.Add, app => app.UseAuthentication().UseAuthorization(), page => page.RequireAuthorization());
        foreach (var path in Paths)
        {
            (await host.SendAsync(path)).Response.StatusCode.Should().Be(401, path);
            (await host.SendAsync(path, from: "127.0.0.1", host: "localhost")).Response.StatusCode.Should().Be(401, path);
            (await host.SendAsync(path, request: r => r.Headers[TestUser.Header] = "ann")).Response.StatusCode.Should().Be(200, path);
        }

        Wait.Until(() => host.Log.All.Any(l => l.Event.Id == 48), "the address is logged");
        host.Log.All.Single(l => l.Event.Id == 48).Text.Should().Be("Memory page: /memory (open to those whom the application authorizes)");
        host.Log.All.Should().NotContain(l => l.Event.Id == 49, "no key was made");
    }

    [Theory]
    [InlineData("/ops/memory", "/ops/memory", "memory/")]
    [InlineData("/ops/memory", "/ops/memory/", "")]
    [InlineData("memory", "/memory", "memory/")]
    [InlineData("/", "/", "")]
    public async Task The_page_may_be_anywhere(string pattern, string path, string folder)
    {
        await using var host = await PageHost.StartAsync(pattern: pattern, watch: Demo.Watch(), mapsHome: pattern != "/");

        var context = await host.SendAsync(path, from: "127.0.0.1", host: "localhost");

        context.Response.StatusCode.Should().Be(200);
        (await PageHost.TextAsync(context)).Should().Contain($"href=\"{folder}page.css");
    }

    [Fact]
    public async Task The_pages_own_requests_are_no_operations()
    {
        await using var host = await PageHost.StartAsync(before: app => app.UseMemoryWatchRequests());

        await host.SendAsync("/memory/snapshot", from: "127.0.0.1", host: "localhost");
        await host.SendAsync("/memory");
        await host.SendAsync("/");

        host.Watch.Tracked.Should().Equal("GET /");
    }

    [Fact]
    public async Task All_answers_forbid_what_a_page_of_text_does_not_need()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch());
        foreach (var path in Paths.Append("/memory/page.css").Append("/memory/page.js").Append("/memory/enter.js"))
        {
            var headers = (await host.SendAsync(path, from: "127.0.0.1", host: "localhost")).Response.Headers;

            headers.ContentSecurityPolicy.ToString().Should().StartWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
                .And.NotContain("unsafe").And.NotContain("http");
            headers.XContentTypeOptions.ToString().Should().Be("nosniff");
            headers.CacheControl.ToString().Should().Be("no-store");
            headers["Referrer-Policy"].ToString().Should().Be("no-referrer");
        }
    }
}
