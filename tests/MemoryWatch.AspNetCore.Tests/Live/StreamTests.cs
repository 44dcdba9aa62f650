using System.Net;
using MemoryWatch.AspNetCore.Page.Live;
using MemoryWatch.AspNetCore.Tests.Support;

namespace MemoryWatch.AspNetCore.Tests.Live;

/// <summary>The stream through a real server.</summary>
[Collection(Alone.Name)]
public sealed class StreamTests
{
    [Fact]
    public async Task A_viewer_gets_everything_at_once_and_then_what_is_new()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch(), listens: true);
        using var client = new HttpClient { BaseAddress = host.Address };
        using var answer = await client.GetAsync("memory/events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());

        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/event-stream");
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        (await EventAsync(reader)).Should().StartWith("event: tick\ndata: {\"now\":");
        (await EventAsync(reader)).Should().StartWith("event: state\ndata: {\"scope\":");
        host.Watch.Current = Demo.Snapshot(200);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        (await EventAsync(reader)).Should().Contain("200 of 512 MB");
    }

    [Fact]
    public async Task The_101st_viewer_is_asked_to_come_back_later()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch(), listens: true);
        using var client = new HttpClient { BaseAddress = host.Address };
        var answers = await Task.WhenAll(Enumerable.Range(0, LiveFeed.MostViewers).Select(_ => client.GetAsync("memory/events", HttpCompletionOption.ResponseHeadersRead)));

        using var refused = await client.GetAsync("memory/events", HttpCompletionOption.ResponseHeadersRead);

        answers.Should().AllSatisfy(a => a.StatusCode.Should().Be(HttpStatusCode.OK));
        refused.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        Array.ForEach(answers, a => a.Dispose());
        await UntilAsync(async () =>
        {
            using var again = await client.GetAsync("memory/events", HttpCompletionOption.ResponseHeadersRead);
            return again.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task Ten_thousand_connections_leave_nothing()
    {
        const int Connections = 10_000;
        await using var host = await PageHost.StartAsync(watch: Demo.Watch());
        var feed = host.Feed;

        await ConnectAsync(host, 500);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await ConnectAsync(host, Connections);
        await UntilAsync(() => Task.FromResult(feed.Count == 0));
        var after = GC.GetTotalMemory(forceFullCollection: true);

        feed.IsRunning.Should().BeFalse();
        (after - before).Should().BeLessThan(3 << 20, "of 10,000 viewers not even 300 bytes each remain");
    }

    [Fact]
    public async Task An_open_page_does_not_keep_the_application_from_stopping()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch(), listens: true);
        using var client = new HttpClient { BaseAddress = host.Address };
        using var answer = await client.GetAsync("memory/events", HttpCompletionOption.ResponseHeadersRead);
        var started = TimeProvider.System.GetTimestamp();

        await host.App.StopAsync();

        TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Viewers_who_ask_in_the_same_second_share_one_history()
    {
        await using var host = await PageHost.StartAsync(watch: Demo.Watch());
        for (var i = 0; i < 50; i++)
        {
            await host.SendAsync("/memory/history?window=2h", from: "127.0.0.1", host: "localhost");
        }

        host.Watch.Histories.Should().Be(1);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await host.SendAsync("/memory/history?window=2h", from: "127.0.0.1", host: "localhost");
        host.Watch.Histories.Should().Be(2);
    }

    private static Task ConnectAsync(PageHost host, int times) => Parallel.ForEachAsync(
        Enumerable.Range(0, times), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, cancel) =>
        {
            using var closes = new CancellationTokenSource();
            var context = await host.SendAsync("/memory/events", from: "127.0.0.1", host: "localhost", closes: closes.Token);
            await context.Response.Body.ReadExactlyAsync(new byte[1], cancel);
            await closes.CancelAsync();
        });

    private static async Task<string> EventAsync(StreamReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            lines.Add(line);
        }

        return string.Join('\n', lines);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(Wait.Backstop);
            await Task.Yield();
        }
    }
}
