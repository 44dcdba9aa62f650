using MemoryWatch.Read;
using MemoryWatch.Tests.Read;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge;

/// <summary>The whole watch on the real machine: memory that really grows, and five downloads at once.</summary>
[Collection(RunsAlone.Name)]
public sealed class RealGrowthTests
{
    [Fact]
    public async Task Of_five_downloads_at_once_the_one_that_made_memory_grow_is_named()
    {
        // What earlier tests left to the heap would be used again, and memory would not grow.
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var log = new LogCapture();
        using var watch = new MemoryWatcher(
            new() { Limit = "64GB" }, log, TimeProvider.System, MemoryReader.Create(TimeProvider.System), new ManualPacer(), null,
            TimeSpan.FromSeconds(1));
        var alerts = new AlertObserver();
        var run = watch.Prepare(new MemoryWatchBuilder().AddObserver(alerts))!;
        run.Tick();
        using var done = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        var kept = new List<byte[]>();
        var downloads = Enumerable.Range(1, 5).Select(user => Task.Run(async () =>
        {
            using var scope = watch.Track("Download", $"User {user}");
            for (var i = 0; i < 120; i++)
            {
                var buffer = new byte[(user == 3 ? 1000 : 10) * 1024];
                Array.Fill(buffer, (byte)1);
                if (user == 3)
                {
                    kept.Add(buffer);
                }

                await Task.Yield();
            }

            done.Release();
            await goOn.WaitAsync();
        })).ToArray();
        for (var i = 0; i < downloads.Length; i++)
        {
            (await done.WaitAsync(Deadline.Backstop)).Should().BeTrue();
        }

        SpinWait.SpinUntil(() => { run.Tick(); return alerts.Spike is not null; }, Deadline.Backstop).Should().BeTrue("memory has grown by 117 MB");

        var cause = alerts.Spike!.Cause!;
        cause.Operations[0].Context.Text.Should().Be("User 3");
        cause.Operations[0].AllocatedBytes.Should().BeCloseTo(120 * 1000 * 1024, 1_500_000);
        cause.Operations[0].Share.Should().BeGreaterThan(0.8);
        cause.Operations.Sum(o => o.AllocatedBytes).Should().BeLessThanOrEqualTo(cause.AllocatedBytes!.Value);
        cause.ManagedChangeBytes.Should().BeGreaterThan(cause.RiseBytes / 2);
        goOn.Release(downloads.Length);
        await Task.WhenAll(downloads);

        // Nothing that the tests behind this one, which count bytes, would have collected beside them.
        kept.Clear();
        GC.Collect(2, GCCollectionMode.Forced, blocking: true);
    }

    private sealed class AlertObserver : IMemoryObserver
    {
        private MemoryAlert? _spike;

        public MemoryAlert? Spike => Volatile.Read(ref _spike);

        public void OnAlert(MemoryAlert alert, MemorySnapshot snapshot)
        {
            if (alert.Kind == "spike")
            {
                Volatile.Write(ref _spike, alert);
            }
        }
    }
}
