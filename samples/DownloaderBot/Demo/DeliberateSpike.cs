using MemoryWatch;

namespace DownloaderBot.Demo;

/// <summary>Memory held on purpose, for nothing, so that the watch has a spike to report.</summary>
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
                // Untouched pages are promised, not given: they would not count.
                held[i] = 1;
            }

            await Task.Delay(HeldFor, time, cancel);
            GC.KeepAlive(held);
        });

        // Let go of, not given back: that takes a collection, which a quiet program may not see for long. This is the demo's
        // own; a bot never needs it.
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
