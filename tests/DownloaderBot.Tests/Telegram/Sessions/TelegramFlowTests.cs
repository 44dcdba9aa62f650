using System.Collections.Concurrent;
using DownloaderBot.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;
using TL.Methods;
using Xunit.Abstractions;
using static DownloaderBot.Tests.Telegram.Sessions.Scripts;

namespace DownloaderBot.Tests.Telegram.Sessions;

public sealed class TelegramFlowTests(ITestOutputHelper output)
{
    private const int FileBytes = 8 << 20;

    private static readonly PostLink Link = new("demo", 5);

    [Fact]
    public async Task No_connection_runs_in_the_flow_of_an_operation()
    {
        var flow = new AsyncLocal<string?>();
        var (library, own) = (new ConcurrentBag<string?>(), new ConcurrentBag<string?>());
        await using var host = await SessionsHost.StartAsync();
        Post(host);
        host.Log.Heard = line =>
        {
            if (line.Contains("Receiving", StringComparison.Ordinal) || line.Contains("Sending", StringComparison.Ordinal))
            {
                library.Add(flow.Value);
            }
        };

        flow.Value = "operation";
        await host.LogInAsync();
        await using var session = await host.ConnectAsync();
        host.Server.Script = Nth<Upload_GetFile>(2, Answer.Cut);
        var media = await session.FindMediaAsync(Link, TestTime.Limit);
        await session.DownloadAsync(media, new BlockedStream { Writing = _ => own.Add(flow.Value) }, TestTime.Limit);

        library.Should().NotBeEmpty().And.OnlyContain(value => value == null, "logins, downloads and connections made anew are the library's business");
        own.Should().NotBeEmpty().And.OnlyContain(value => value == "operation", "what is written is the operation's");
    }

    [Fact]
    public async Task Downloads_side_by_side_are_charged_neither_with_each_others_bytes_nor_with_the_librarys()
    {
        await using var host = await SessionsHost.StartAsync();
        Post(host);
        var meter = new FlowMeter();
        var sessions = new List<IUserSession>();
        for (var user = 1; user <= 3; user++)
        {
            await host.LogInAsync(user);
            sessions.Add(await host.ConnectAsync(user));
        }

        var before = GC.GetTotalAllocatedBytes();
        var charged = await Task.WhenAll(sessions.Select(session => meter.MeasureAsync(async () =>
            await session.DownloadAsync(await session.FindMediaAsync(Link, TestTime.Limit), Stream.Null, TestTime.Limit))));

        output.WriteLine($"Charged: {string.Join(", ", charged.Select(Text.Megabytes))}");
        (GC.GetTotalAllocatedBytes() - before).Should().BeGreaterThan(3L * FileBytes, "somebody did allocate it");
        charged.Should().OnlyContain(bytes => bytes > 0 && bytes < FileBytes / 8);
        foreach (var session in sessions)
        {
            await session.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_meter_does_charge_what_a_flow_allocates()
    {
        var kept = new List<byte[]>();

        var charged = await new FlowMeter().MeasureAsync(async () =>
        {
            kept.Add(new byte[1 << 20]);
            await Task.Yield();
            kept.Add(new byte[2 << 20]);
        });

        charged.Should().BeInRange(3 << 20, (3 << 20) + 100_000);
    }

    private static void Post(SessionsHost host)
    {
        host.Server.Posts.AddChannel(100, Link.Channel);
        host.Server.Posts.AddPost(100, Link.PostId, host.Server.Posts.AddDocument(9, FileBytes));
    }
}
