using MemoryWatch.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.AspNetCore.Tests.Headroom;

/// <summary>
/// An application on a socket of this machine, in a box of 512 MB of which a test says what is used. <c>/work</c> takes 50 MB and lasts until the
/// test opens the gate; <c>/known</c> takes what its route usually needs; <c>/huge</c> 600 MB; <c>/free</c> has no policy.
/// </summary>
internal sealed class HeadroomHost : IAsyncDisposable
{
    private readonly TaskCompletionSource _gate;
    private int _running;
    private int _most;

    private HeadroomHost(WebApplication app, StubWatch watch, FakeTimeProvider time, TaskCompletionSource gate) =>
        (App, Watch, Time, _gate, Client) = (app, watch, time, gate, new() { BaseAddress = new(app.Urls.First()) });

    public WebApplication App { get; }

    public StubWatch Watch { get; }

    public FakeTimeProvider Time { get; }

    public HttpClient Client { get; }

    public MemoryHeadroomLimiter Limiter => App.Services.GetRequiredService<MemoryHeadroomLimiter>();

    /// <summary>Number of requests that are in the endpoint.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>The most of them at a time.</summary>
    public int Most => Volatile.Read(ref _most);

    public static async Task<HeadroomHost> StartAsync(string? queue = null, bool hasLimiter = true)
    {
        var (watch, time, gate) = (new StubWatch { Current = Used(100) }, new FakeTimeProvider(Demo.Now), new TaskCompletionSource());
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(time).AddSingleton<IMemoryWatch>(watch);
        var memory = builder.Services.AddMemoryWatch(o => (o.Headroom.Ceiling, o.Headroom.QueueLimit) = ("500MB", queue ?? o.Headroom.QueueLimit));
        if (hasLimiter)
        {
            memory.AddHeadroomLimiter();
        }

        builder.Services.AddRateLimiter(options => options
            .AddMemoryHeadroom("work", 50).AddMemoryHeadroom("huge", 600).AddMemoryHeadroom("known"));
        var app = builder.Build();
        app.UseRouting();
        app.UseRateLimiter();
        HeadroomHost? host = null;
        app.MapGet("/work", () => host!.WorkAsync()).RequireRateLimiting("work");
        app.MapGet("/known/{id}", () => host!.WorkAsync()).RequireRateLimiting("known");
        app.MapGet("/huge", () => "done").RequireRateLimiting("huge");
        app.MapGet("/free", () => "done");
        await app.StartAsync();
        return host = new(app, watch, time, gate);
    }

    public static MemorySnapshot Used(long megabytes) => new()
    {
        Process = new() { ResidentBytes = megabytes << 20 },
        Usage = new() { UsedBytes = megabytes << 20, LimitBytes = 512L << 20, Source = LimitSource.Container },
    };

    /// <summary>Lets all work end, now and later.</summary>
    public void Open() => _gate.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Open();
        Client.Dispose();
        await App.DisposeAsync();
    }

    private async Task<string> WorkAsync()
    {
        var running = Interlocked.Increment(ref _running);
        for (var most = Most; running > most; most = Most)
        {
            Interlocked.CompareExchange(ref _most, running, most);
        }

        await _gate.Task;
        Interlocked.Decrement(ref _running);
        return "done";
    }
}
