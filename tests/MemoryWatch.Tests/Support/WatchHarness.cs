using MemoryWatch.Act;
using MemoryWatch.Watch;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Support;

/// <summary>A whole watch with a machine, a clock and a thread of the test's own.</summary>
internal sealed class WatchHarness : IDisposable
{
    private readonly Lazy<Engine> _run;

    public WatchHarness(
        Action<MemoryWatchOptions>? configure = null, Action<MemoryWatchBuilder>? plug = null, DateTimeOffset? startTime = null,
        ProcessExit? process = null, GcLimit? gc = null)
    {
        Time = new(startTime ?? new(2026, 11, 22, 10, 15, 0, TimeSpan.Zero));
        var options = new MemoryWatchOptions { Limit = "512MB" };
        configure?.Invoke(options);
        var builder = new MemoryWatchBuilder();
        plug?.Invoke(builder);
        builder.Apply(options);
        Watch = new(options, Log, Time, Reader, Pacer, null, TimeSpan.FromMilliseconds(200), null, process, gc);
        _run = new(() => Watch.Prepare(builder)!);
    }

    public FakeReader Reader { get; } = new() { ResidentMegabytes = 100 };

    public FakeTimeProvider Time { get; }

    public LogCapture Log { get; } = new();

    public ManualPacer Pacer { get; } = new();

    public MemoryWatcher Watch { get; }

    /// <summary>Starts the watch if need be, and makes one tick a second later.</summary>
    /// <returns>How long the watch would wait for the next.</returns>
    public TimeSpan Tick(double? residentMegabytes = null, double seconds = 1)
    {
        _ = _run.Value;
        Time.Advance(TimeSpan.FromSeconds(seconds));
        Reader.ResidentMegabytes = residentMegabytes ?? Reader.ResidentMegabytes;
        return _run.Value.Tick();
    }

    /// <summary>Ticks without moving the clock until something that another thread does has happened.</summary>
    public void TickUntil(Func<bool> condition) =>
        SpinWait.SpinUntil(() => { _run.Value.Tick(); return condition(); }, TimeSpan.FromSeconds(20))
            .Should().BeTrue("what was waited for should have happened by now");

    public void Dispose() => Watch.Dispose();
}
