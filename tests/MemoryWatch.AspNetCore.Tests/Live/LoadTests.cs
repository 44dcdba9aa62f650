using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MemoryWatch.AspNetCore.Page.Live;
using MemoryWatch.AspNetCore.Tests.Support;
using Xunit.Abstractions;

namespace MemoryWatch.AspNetCore.Tests.Live;

/// <summary>
/// What viewers cost, printed. It measures real time, so it runs only where <c>PAGE_LOAD</c> is 1; otherwise the test says so and passes. The clients
/// are in the same process, so the true cost of the application is lower than what is printed.
/// </summary>
[Collection(Alone.Name)]
public sealed class LoadTests(ITestOutputHelper output)
{
    private const int Seconds = 20;

    // About what a tick has if only numbers have changed.
    private const int EventBytes = 512;

    [Fact]
    public async Task A_hundred_viewers_cost_little()
    {
        if (Environment.GetEnvironmentVariable("PAGE_LOAD") != "1")
        {
            output.WriteLine("Not measured: PAGE_LOAD is not 1.");
            return;
        }

        var bare = await BareAsync();
        await using var host = await PageHost.StartAsync(watch: Demo.Watch(MemoryZone.Critical), listens: true);
        var clients = await ConnectAsync(host.Address.Port, host);
        await RunAsync(host, Seconds / 4);
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var (before, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        await RunAsync(host, Seconds);
        var share = (Environment.CpuUsage.TotalTime - before) / TimeSpan.FromSeconds(Seconds);
        var allocatedEach = (GC.GetTotalAllocatedBytes() - allocated) / Seconds;
        host.Viewers.Should().Be(LiveFeed.MostViewers);
        clients.ForEach(client => client.Dispose());
        Wait.Until(() => host.Viewers == 0, "all have left");
        var freed = memory - GC.GetTotalMemory(forceFullCollection: true);

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{LiveFeed.MostViewers} viewers: {share:P2} of a core with the clients ({bare:P2} for {EventBytes} bytes to each over bare sockets), {allocatedEach / 1024.0:0} KB allocated a second, {freed / 1048576.0:0.0} MB of heap held"));
    }

    /// <summary>The share of a core for sending a few bytes to as many clients over sockets alone, the clients included.</summary>
    private static async Task<double> BareAsync()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(LiveFeed.MostViewers);
        var clients = await ConnectAsync(((IPEndPoint)listener.LocalEndPoint!).Port, null);
        var viewers = new List<Socket>();
        while (viewers.Count < clients.Count)
        {
            viewers.Add(await listener.AcceptAsync());
        }

        var data = new byte[EventBytes];
        var before = TimeSpan.Zero;
        for (var i = -Seconds / 4; i < Seconds; i++)
        {
            before = i == 0 ? Environment.CpuUsage.TotalTime : before;
            foreach (var viewer in viewers)
            {
                await viewer.SendAsync(data);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }

        var share = (Environment.CpuUsage.TotalTime - before) / TimeSpan.FromSeconds(Seconds);
        viewers.Concat(clients).ToList().ForEach(socket => socket.Dispose());
        return share;
    }

    /// <summary>Moves the clock of the application by a second each second, with a new reading.</summary>
    private static async Task RunAsync(PageHost host, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            host.Watch.Current = Demo.Snapshot(461 + (i % 3), MemoryZone.Critical, host.Time.GetUtcNow());
            host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }
    }

    private static async Task<List<Socket>> ConnectAsync(int port, PageHost? host)
    {
        var clients = new List<Socket>();
        for (var i = 0; i < LiveFeed.MostViewers; i++)
        {
            var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(IPAddress.Loopback, port);
            await client.SendAsync("GET /memory/events HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
            clients.Add(client);
            _ = DrainAsync(client);
        }

        Wait.Until(() => host is null || host.Viewers == LiveFeed.MostViewers, "all are there");
        return clients;
    }

    private static async Task DrainAsync(Socket client)
    {
        var buffer = new byte[16 << 10];
        try
        {
            while (await client.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test has closed it.
        }
    }
}
