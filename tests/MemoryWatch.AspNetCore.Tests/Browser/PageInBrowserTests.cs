using System.Text.RegularExpressions;
using MemoryWatch.AspNetCore.Tests.Support;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MemoryWatch.AspNetCore.Tests.Browser;

/// <summary>The page as a person uses it. Where there is no Chromium these say so and pass.</summary>
public sealed class PageInBrowserTests(ITestOutputHelper output)
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("PAGE_PICTURES");

    [Fact]
    public async Task It_draws_what_the_watch_knows_and_moves_with_it()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch(), listens: true);
        await using var browser = await Support.Browser.TryStartAsync(output);
        if (browser is null)
        {
            return;
        }

        var page = await browser.OpenAsync(host.Address);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Healthy: 186 of 512 MB, nothing grows.");
        await Expect(page.Locator("#scope")).ToContainTextAsync("cgroup /sys/fs/cgroup/memory/app, limit 512 MB");
        await Expect(page.Locator("#readout")).ToContainTextAsync("used 186 MB");
        await Expect(page.Locator("#chart .limitlabel")).ToHaveTextAsync("limit 512 MB");
        await Expect(page.Locator("#chart .heaplimitlabel")).ToHaveTextAsync("GC limit 384 MB");
        (await page.Locator("#chart .used").GetAttributeAsync("d"))!.Split('L').Length.Should().BeGreaterThan(590, "each reading of ten minutes is a point");
        (await page.Locator("#chart .op").CountAsync()).Should().Be(10);
        await Expect(page.Locator("#names tbody tr").First).ToContainTextAsync("Download1 failed, 2 cancelled4896 s2,352 MB49 MB+9.4 MB");
        await Expect(page.Locator("#inflight tbody tr").Nth(1)).ToContainTextAsync("Fetchpart 3 of 8");
        await Expect(page.Locator("#metrics tbody tr").First).ToContainTextAsync("18 MB each (17 MB to 20 MB)");
        await Expect(page.Locator("#previous")).ToContainTextAsync("OOM-killed by the kernel (confirmed)");

        await Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        host.Watch.Current = Demo.Snapshot(470, MemoryZone.Critical, Demo.Now.AddSeconds(1));
        host.Watch.InFlight = [];
        host.Time.Advance(TimeSpan.FromSeconds(1));

        await Expect(page.Locator("h1")).ToContainTextAsync("Critical: 470 of 512 MB, full in 36-44 s.");
        await Expect(page.Locator("#readout")).ToContainTextAsync("used 470 MB");
        await Expect(page.Locator("#inflight")).ToHaveTextAsync("No operation is in flight.");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-zone", "Critical");
        await Expect(page.Locator("#spoken")).ToContainTextAsync("Critical", new() { UseInnerText = false });
        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task A_mark_opens_its_cause_and_lights_the_operations_it_names()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch(), listens: true);
        await using var browser = await Support.Browser.TryStartAsync(output, 1080, 1000);
        if (browser is null)
        {
            return;
        }

        var page = await browser.OpenAsync(host.Address);
        await page.Locator(".mark").First.ClickAsync();

        await Expect(page.Locator("#event")).ToContainTextAsync("MEMORY SPIKE DETECTED: +118.4 MB increase!");
        await Expect(page.Locator("#event")).ToContainTextAsync("Likely cause: Download (User 5) allocated 118.0 MB of 131.0 MB");
        await page.Locator("#chart .op.lit").HoverAsync();
        await Expect(page.Locator("#readout")).ToHaveTextAsync(new Regex("^Download \\(User 5\\), 18:24:12 to 18:25:36, completed, allocated 118 MB"));
        await TakePictureAsync(page, "event");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#event")).ToBeHiddenAsync();
        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task A_window_that_one_drags_shows_what_grew_in_it()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch(), listens: true);
        await using var browser = await Support.Browser.TryStartAsync(output, 1080, 1000);
        if (browser is null)
        {
            return;
        }

        var page = await browser.OpenAsync(host.Address);
        var box = (await page.Locator("#chart").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.42f), box.Y + 80);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.46f), box.Y + 90);
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.49f), box.Y + 90);
        await page.Mouse.UpAsync();

        await Expect(page.Locator("#growers h3")).ToContainTextAsync("Top growers, 18:24:1");
        await Expect(page.Locator("#growers p").First).ToContainTextAsync("Used memory +2");
        await Expect(page.Locator("#growers tbody tr").First).ToContainTextAsync("Download");
        (await page.Locator("#chart .chosen").GetAttributeAsync("width")).Should().NotBe("0");
        await TakePictureAsync(page, "growers");
        await page.Locator("#growers .close").ClickAsync();
        await Expect(page.Locator("#growers")).ToBeHiddenAsync();
        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Everything_works_by_keyboard()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch(), listens: true);
        await using var browser = await Support.Browser.TryStartAsync(output);
        if (browser is null)
        {
            return;
        }

        var page = await browser.OpenAsync(host.Address);
        await page.Locator("#chart").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Expect(page.Locator("#readout")).ToContainTextAsync("18:20:01");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator("#readout")).ToContainTextAsync("18:20:02");
        await Expect(page.Locator("#spoken")).ToContainTextAsync("18:20:02", new() { UseInnerText = false });
        await page.Keyboard.PressAsync("Shift+PageDown");
        await Expect(page.Locator("#growers h3")).ToHaveTextAsync("Top growers, 18:20:02 to 18:20:22");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#growers")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#event")).ToBeVisibleAsync();
        await page.Locator("#table summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#table table").First.Locator("tbody tr")).ToHaveCountAsync(24);
        await page.Locator("#names th button").Nth(1).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#names th").Nth(1)).ToHaveAttributeAsync("aria-sort", "descending");
        await Expect(page.Locator("#names tbody tr").First).ToContainTextAsync("GET /files/{id}");
        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Seven_days_have_the_restart_in_them()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch(), listens: true);
        await using var browser = await Support.Browser.TryStartAsync(output, 390, 844);
        if (browser is null)
        {
            return;
        }

        var page = await browser.OpenAsync(host.Address);
        await page.GetByRole(AriaRole.Button, new() { Name = "7 d", Exact = true }).ClickAsync();

        await Expect(page.Locator(".mark").First).ToHaveAttributeAsync("aria-label", new Regex("^Restart, .*OOM-killed"));
        (await page.Locator("#chart .used").GetAttributeAsync("d"))!.Count(c => c == 'M').Should().Be(2, "no line leads over the time in which nothing ran");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(390);
        await TakePictureAsync(page, "week");
        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task What_the_application_says_is_text_and_never_markup()
    {
        const string Hostile = "<script>document.title='caught'</script><img src=x onerror=\"document.title='caught'\">";
        var watch = Demo.Watch();
        var past = watch.Past;
        watch.InFlight = [new() { OperationId = 1, Name = Hostile, Context = Hostile }];
        watch.TotalsByName = [new() { Name = Hostile, Count = 1 }];
        watch.Past = window => new()
        {
            Time = Demo.Now, Window = window, Resolution = TimeSpan.FromSeconds(1), Points = past(window).Points, Metrics = [new(Hostile)],
            Marks = [new() { Time = Demo.Now.AddSeconds(-20), Kind = MemoryHistoryMarkKind.Alert, Text = Hostile, Cause = Hostile }],
            Operations = [new() { OperationId = 1, Name = Hostile, Context = Hostile, Start = Demo.Now.AddSeconds(-300), Outcome = OperationOutcome.Running, AllocatedBytes = 9 << 20 }],
            Counts = [new() { Time = Demo.Now.AddSeconds(-30), Length = TimeSpan.FromSeconds(10), Name = Hostile, Ended = 3, AllocatedBytes = 8 << 20 }],
        };
        await using var host = await PageHost.StartAsync(watch: watch, listens: true);
        await using var browser = await Support.Browser.TryStartAsync(output);
        if (browser is null)
        {
            return;
        }

        var page = await browser.OpenAsync(host.Address);
        await Expect(page.Locator("#inflight")).ToContainTextAsync("<script>");
        await Expect(page.Locator("#names")).ToContainTextAsync("<script>");
        await page.Locator(".mark").First.ClickAsync();
        await Expect(page.Locator("#event")).ToContainTextAsync("<script>");
        await page.Locator("#report summary").ClickAsync();
        await Expect(page.Locator("#report-text")).ToContainTextAsync("<script>");

        (await page.TitleAsync()).Should().NotContain("caught");
        (await page.Locator("img, body script:not([type='application/json'])").CountAsync()).Should().Be(0);
        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task The_key_in_the_fragment_opens_the_page_and_leaves_the_address()
    {
        await using var host = await PageHost.StartAsync(o => (o.AccessKey, o.AllowLoopback) = (PageHost.Key, false), Demo.Watch(), listens: true);
        await using var browser = await Support.Browser.TryStartAsync(output);
        if (browser is null)
        {
            return;
        }

        var page = await browser.OpenAsync(host.Address, $"memory#key={PageHost.Key}");

        await Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        page.Url.Should().Be($"{host.Address}memory");
        await page.GoBackAsync();
        page.Url.Should().NotContain(PageHost.Key);

        // The form itself has the status of an address that does not exist.
        browser.Complaints.Should().OnlyContain(text => text.Contains("404"));
    }

    [Fact]
    public async Task The_key_can_be_typed_without_a_script()
    {
        await using var host = await PageHost.StartAsync(o => (o.AccessKey, o.AllowLoopback) = (PageHost.Key, false), Demo.Watch(), listens: true);
        await using var browser = await Support.Browser.TryStartAsync(output, script: false);
        if (browser is null)
        {
            return;
        }

        var page = await browser.OpenAsync(host.Address);
        await page.GetByLabel("Access key").FillAsync("not-the-key-at-all");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("That is not the key.")).ToBeVisibleAsync();
        await TakePictureAsync(page, "enter");
        await page.GetByLabel("Access key").FillAsync(PageHost.Key);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("h1")).ToContainTextAsync("Healthy: 186 of 512 MB");
        await Expect(page.Locator("#report-text")).ToContainTextAsync("MEMORY SNAPSHOT");
        await Expect(page.Locator("#history")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task After_a_restart_of_the_application_the_page_goes_on()
    {
        await using var browser = await Support.Browser.TryStartAsync(output);
        if (browser is null)
        {
            return;
        }

        var first = await PageHost.StartAsync(watch: Demo.Watch(), listens: true);
        var address = first.Address;
        var page = await browser.OpenAsync(address);
        await Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        await first.DisposeAsync();
        await Expect(page.Locator("#status")).ToHaveTextAsync("Reconnecting");

        await using var second = await PageHost.StartAsync(watch: Demo.Watch(MemoryZone.Critical), listens: true, address: address);

        await Expect(page.Locator("h1")).ToContainTextAsync("Critical: 461 of 512 MB", new() { Timeout = 30_000 });
        await Expect(page.Locator("#status")).ToHaveTextAsync("Live");
    }

    [Fact]
    public async Task A_tab_in_the_background_has_no_stream()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch(), listens: true);
        await using var browser = await Support.Browser.TryStartAsync(output);
        if (browser is null)
        {
            return;
        }

        var page = await browser.OpenAsync(host.Address);
        await Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        host.Viewers.Should().Be(1);

        // A browser without a window hides no tab, so the page is told that it is hidden.
        await HideAsync(page, isHidden: true);
        Wait.Until(() => host.Viewers == 0, "the stream is closed");
        await Expect(page.Locator("#status")).ToHaveTextAsync("Paused");
        await HideAsync(page, isHidden: false);
        await Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        host.Viewers.Should().Be(1);
    }

    private static async Task HideAsync(IPage page, bool isHidden) => await page.EvaluateAsync(
        "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }", isHidden);

    private static async Task TakePictureAsync(IPage page, string name)
    {
        if (Pictures is not null)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Path.GetTempPath(), $"page-{name}.png"), FullPage = true });
        }
    }
}
