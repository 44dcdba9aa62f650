using DownloaderBot.Downloads;
using DownloaderBot.Sessions;
using DownloaderBot.Storage;
using MemoryWatch;

namespace DownloaderBot.Scenarios;

/// <summary>Measures what is left when no user is active, to compare before and after.</summary>
internal sealed class ScenarioFloor(SessionManager sessions, DownloadQueue queue, AssetStore store, IMemoryWatch watch)
{
    /// <summary>
    /// Forces a GC, so that unreferenced objects do not count as held, and takes a snapshot. Only a measurement does this; a bot never needs it.
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

/// <summary>Counts that should all be 0 at the end.</summary>
internal sealed record ScenarioLeftovers(int Files, int Sessions, int Waiting, int Running, int OperationsInFlight);
