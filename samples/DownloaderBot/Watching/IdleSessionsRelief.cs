using DownloaderBot.Sessions;
using MemoryWatch;

namespace DownloaderBot.Watching;

/// <summary>
/// Disconnects the sessions that nobody uses once memory is critical: their users stay logged in and are connected again with their next
/// download. Those in use are left alone.
/// </summary>
internal sealed class IdleSessionsRelief(SessionManager sessions) : IMemoryRelief
{
    public string Name => "Idle sessions";

    public MemoryZone StartsAt => MemoryZone.Critical;

    public async Task RelieveAsync(CancellationToken cancellationToken)
    {
        if (await sessions.DisconnectIdleAsync().WaitAsync(cancellationToken) > 0)
        {
            // The watch measures as soon as this returns. Until a GC the sessions are still there, and only an aggressive one gives the memory back
            // to the system, which costs time that is well spent when memory is critical.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
