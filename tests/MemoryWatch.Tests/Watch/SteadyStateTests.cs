using MemoryWatch.Read;
using MemoryWatch.Tests.Support;
using MemoryWatch.Watch;

namespace MemoryWatch.Tests.Watch;

public sealed class SteadyStateTests
{
    /// <summary>What a tick may allocate with 32 metrics.</summary>
    private const long MostBytes = 1024;

    [Fact]
    public void A_tick_allocates_its_snapshot_and_report_alone_while_nothing_happens()
    {
        // The real reader and the real clock: what runs in production, but for the thread.
        var sessions = new CountingMetric("Sessions");
        var plugins = new MemoryWatchBuilder().AddMetricsProvider(sessions);
        for (var i = 1; i < 30; i++)
        {
            plugins.AddMetric($"Queue {i}", () => 7);
        }

        using var log = new LogCapture();
        using var watch = new MemoryWatcher(
            new(), log, TimeProvider.System, MemoryReader.Create(TimeProvider.System), new ManualPacer(), null, TimeSpan.FromSeconds(1));
        var run = watch.Prepare(plugins)!;

        // Until everything is compiled, and again while a collection in the background makes the reader ask for its figures.
        SpinWait.SpinUntil(() => AllocatedInTicks(run) <= 100 * MostBytes && sessions.AllocatedBetweenReads == 0, TimeSpan.FromSeconds(20))
            .Should().BeTrue("a hundred ticks in a row allocated {0} B on the watch's thread and {1} B beside it",
                AllocatedInTicks(run), sessions.AllocatedBetweenReads);
    }

    [Fact]
    public void Marks_and_scopes_with_a_silent_log_allocate_little()
    {
        using var watch = new WatchHarness();
        watch.Log.Lowest = Microsoft.Extensions.Logging.LogLevel.Warning;
        watch.Tick();

        SpinWait.SpinUntil(() => AllocatedInScopes(watch.Watch) <= 100 * 300, TimeSpan.FromSeconds(20))
            .Should().BeTrue("100 scopes allocated {0} B", AllocatedInScopes(watch.Watch));
        SpinWait.SpinUntil(() => AllocatedInMarks(watch.Watch) == 0, TimeSpan.FromSeconds(20)).Should().BeTrue();
    }

    [Fact]
    public void A_scope_of_a_watch_that_is_switched_off_allocates_nothing()
    {
        using var watch = new WatchHarness(o => o.Enabled = false);

        SpinWait.SpinUntil(() => AllocatedInScopes(watch.Watch) == 0, TimeSpan.FromSeconds(20)).Should().BeTrue();
    }

    private static long AllocatedInTicks(Engine run)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            run.Tick();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long AllocatedInScopes(MemoryWatcher watch)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            using (watch.Track("Download", "User 1"))
            {
            }
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long AllocatedInMarks(MemoryWatcher watch)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            watch.Mark("Session Created", "User 1");
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Sees what the helper thread allocates from one tick to the next.</summary>
    private sealed class CountingMetric(string name) : IMetricsProvider
    {
        private long _lastSeen;
        private long _between;

        public IReadOnlyList<MetricDefinition> Definitions { get; } = [new(name)];

        public long AllocatedBetweenReads => Volatile.Read(ref _between);

        public void Read(Span<long?> values)
        {
            var now = GC.GetAllocatedBytesForCurrentThread();
            Volatile.Write(ref _between, now - _lastSeen);
            _lastSeen = now;
            values[0] = 1;
        }
    }
}
