using System.Globalization;
using System.Text.RegularExpressions;
using MemoryWatch.AspNetCore.Tests.Support;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace MemoryWatch.AspNetCore.Tests.Browser;

/// <summary>How the chart divides its place. Where there is no Chromium these say so and pass.</summary>
public sealed class ChartTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(300, 0.053, "room for the names of the sizes before the first reading")]
    [InlineData(20, 0.84, "two minutes at least")]
    [InlineData(599, 0, "the whole window if it is full")]
    public async Task The_axis_begins_where_the_readings_begin(int seconds, double place, string because)
    {
        await using var host = await PageHost.StartAsync(watch: Watch(point => point.Time >= Demo.Now.AddSeconds(-seconds)), listens: true);
        await using var browser = await Support.Browser.TryStartAsync(output);
        if (browser is null)
        {
            return;
        }

        var page = await browser.OpenAsync(host.Address);

        (await StartOfLineAsync(page)).Should().BeApproximately(place, 0.01, because);
        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task The_previous_run_and_the_restart_are_on_the_axis_too()
    {
        var (end, start) = (Demo.Now.AddMinutes(-6), Demo.Now.AddMinutes(-5));
        await using var host = await PageHost.StartAsync(
            watch: Watch(
                point => point.Time >= Demo.Now.AddMinutes(-8) && (point.Time < end || point.Time > start.AddMinutes(4)),
                new MemoryHistoryMark { Time = start, Kind = MemoryHistoryMarkKind.Restart, Verdict = RunVerdict.Killed, Text = "PREVIOUS RUN" }),
            listens: true);
        await using var browser = await Support.Browser.TryStartAsync(output);
        if (browser is null)
        {
            return;
        }

        var page = await browser.OpenAsync(host.Address);

        (await StartOfLineAsync(page)).Should().BeApproximately(48 / await WidthAsync(page), 0.005, "the first reading is one of the previous run");
        var width = await WidthAsync(page);
        Number(await page.Locator("#chart .restart").GetAttributeAsync("x1")).Should().BeApproximately(48 + ((width - 48) * 3 / 8), 3);
    }

    [Fact]
    public async Task A_restart_without_readings_before_it_is_on_the_axis()
    {
        await using var host = await PageHost.StartAsync(
            watch: Watch(
                point => point.Time >= Demo.Now.AddMinutes(-1),
                new MemoryHistoryMark { Time = Demo.Now.AddMinutes(-4), Kind = MemoryHistoryMarkKind.Restart, Text = "PREVIOUS RUN" }),
            listens: true);
        await using var browser = await Support.Browser.TryStartAsync(output);
        if (browser is null)
        {
            return;
        }

        var page = await browser.OpenAsync(host.Address);

        Number(await page.Locator("#chart .restart").GetAttributeAsync("x1")).Should().BeApproximately(48, 2);
    }

    [Fact]
    public async Task Metrics_that_were_0_all_the_time_are_one_line_of_text()
    {
        var watch = Watch(_ => true);
        var values = new long?[] { 0, 0, 24 };
        watch.Past = Past(window => [.. Demo.History(window).Points.Select(p => new MemoryHistoryPoint { Time = p.Time, UsedMinBytes = p.UsedMinBytes, UsedMaxBytes = p.UsedMaxBytes, Metrics = values })]);
        await using var host = await PageHost.StartAsync(watch: watch, listens: true);
        await using var browser = await Support.Browser.TryStartAsync(output);
        if (browser is null)
        {
            return;
        }

        var page = await browser.OpenAsync(host.Address);

        await Expect(page.Locator("#quiet")).ToHaveTextAsync("Unchanged: Sessions 0, Queue 0");
        (await page.Locator("#chart .metric").CountAsync()).Should().Be(1, "one that has another value than 0 is drawn");

        await Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        host.Watch.Current = Demo.Snapshot(186, time: Demo.Now.AddSeconds(1));
        host.Time.Advance(TimeSpan.FromSeconds(1));

        await Expect(page.Locator("#quiet")).ToBeHiddenAsync();
        (await page.Locator("#chart .metric").CountAsync()).Should().Be(3);
        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task A_finger_hits_an_operation_of_a_few_milliseconds()
    {
        var watch = Watch(_ => true);
        var past = watch.Past;
        var start = Demo.Now.AddMinutes(-5);
        watch.Past = window => new()
        {
            Time = Demo.Now, Window = window, Resolution = TimeSpan.FromSeconds(1), Points = past(window).Points,
            Operations = [new() { OperationId = 1, Name = "Ping", Start = start, End = start.AddMilliseconds(4), Outcome = OperationOutcome.Completed, AllocatedBytes = 9 << 20 }],
        };
        await using var host = await PageHost.StartAsync(watch: watch, listens: true);
        await using var browser = await Support.Browser.TryStartAsync(output, 390, 844, touch: true);
        if (browser is null)
        {
            return;
        }

        var page = await browser.OpenAsync(host.Address);
        await Expect(page.Locator("#status")).ToHaveTextAsync("Live");
        var bar = await page.EvaluateAsync<float[]>(
            "() => { const bar = document.querySelector('#chart .op'); bar.scrollIntoView({ block: 'center' }); const { x, y, width } = bar.getBoundingClientRect(); return [x, y, width]; }");
        bar[2].Should().BeApproximately(3, 0.01f);

        await page.Touchscreen.TapAsync(bar[0] + 13, bar[1] + 6);
        await Expect(page.Locator("#readout")).ToHaveTextAsync(new Regex("^Ping, 18:25:00 to 18:25:00, completed, allocated 9.0 MB"));
        await page.Touchscreen.TapAsync(bar[0] + 40, bar[1] + 6);
        await Expect(page.Locator("#readout")).ToContainTextAsync("used");
        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task A_finding_ends_with_a_full_stop()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch(MemoryZone.Critical), listens: true);
        await using var browser = await Support.Browser.TryStartAsync(output);
        if (browser is null)
        {
            return;
        }

        var page = await browser.OpenAsync(host.Address);

        await Expect(page.Locator("#findings li")).ToHaveTextAsync([new Regex(@"[^.]\.$"), new Regex(@"[^.]\.$")]);
    }

    /// <summary>The watch of the demonstration, with some of its readings and no other events than these.</summary>
    private static StubWatch Watch(Func<MemoryHistoryPoint, bool> isThere, params MemoryHistoryMark[] marks)
    {
        var watch = Demo.Watch();
        watch.Past = Past(window => [.. Demo.History(window).Points.Where(isThere)], marks);
        return watch;
    }

    private static Func<TimeSpan, MemoryHistory> Past(Func<TimeSpan, MemoryHistoryPoint[]> points, params MemoryHistoryMark[] marks) => window => new()
    {
        Time = Demo.Now, Window = window, Resolution = TimeSpan.FromSeconds(1), Usage = Demo.History(window).Usage, Points = points(window), Marks = marks,
        Metrics = Demo.History(window).Metrics,
    };

    /// <summary>Where the line of used memory begins, as a fraction of the chart's width.</summary>
    private static async Task<double> StartOfLineAsync(IPage page) =>
        Number((await page.Locator("#chart .used").GetAttributeAsync("d"))!.Split(' ')[0][1..]) / await WidthAsync(page);

    private static Task<double> WidthAsync(IPage page) => page.EvaluateAsync<double>("document.getElementById('chart').clientWidth");

    private static double Number(string? text) => double.Parse(text!, CultureInfo.InvariantCulture);
}
