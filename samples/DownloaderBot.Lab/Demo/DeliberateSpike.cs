using MemoryWatch;

namespace DownloaderBot.Demo;

/// <summary>Holds memory on purpose, without using it, so that the watch has a spike to report.</summary>
internal static class DeliberateSpike
{
    public const int Megabytes = 80;

    private const int PageBytes = 4096;
    private static readonly TimeSpan HeldFor = TimeSpan.FromSeconds(3);

    public static async Task HoldAsync(IMemoryWatch watch, TimeProvider time, CancellationToken cancel)
    {
        await watch.TrackAsync("Deliberate Spike", $"Demo | Holds {Megabytes} MB for {HeldFor.TotalSeconds:0} s", async () =>
        {
            var held = new byte[Megabytes << 20];
            for (var i = 0; i < held.Length; i += PageBytes)
            {
                // The system does not back untouched pages with memory, so they would not count.
                held[i] = 1;
            }

            await Task.Delay(HeldFor, time, cancel);
            GC.KeepAlive(held);
        });

        // The memory is unreferenced but not freed: that takes a GC, which may not happen for long in an idle program. Only the demo forces one;
        // a bot never needs to.
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
