using DownloaderBot.Downloads;
using DownloaderBot.Sessions;
using DownloaderBot.Storage;
using MemoryWatch;

namespace DownloaderBot.Scenarios;

/// <summary>What is left when nobody does anything: for the comparison of before and after.</summary>
internal sealed class ScenarioFloor(SessionManager sessions, DownloadQueue queue, AssetStore store, IMemoryWatch watch)
{
    /// <summary>
    /// Collects, so that what is only not collected yet is not taken for held, and takes a snapshot. A measurement's own; a bot
    /// never needs it.
    /// </summary>
    public void Take(string name)
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        watch.Snapshot(name, "Scenario");
    }

    public ScenarioLeftovers CountLeftovers() => new(
        Directory.GetFiles(store.Folder).Length, sessions.Count, queue.Waiting, queue.Running, watch.InFlight.Count);
}

/// <summary>What should all be 0 at the end.</summary>
internal sealed record ScenarioLeftovers(int Files, int Sessions, int Waiting, int Running, int OperationsInFlight);
