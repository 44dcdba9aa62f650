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
            // The watch measures as soon as this returns, and until a GC a disconnected session is still there.
            GC.Collect();
        }
    }
}
