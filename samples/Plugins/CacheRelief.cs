using MemoryWatch;

namespace Plugins;

/// <summary>
/// Removes the oldest documents of a cache. A step does not learn the zone, so register one for each: half the cache at the high
/// threshold, all of it once memory is critical.
/// </summary>
/// <param name="cache">The cache.</param>
/// <param name="startsAt">The mildest zone in which to remove documents.</param>
/// <param name="keptPart">The part of the documents to keep, 0 to 1.</param>
public sealed class CacheRelief(DocumentCache cache, MemoryZone startsAt, double keptPart) : IMemoryRelief
{
    public string Name => $"Document cache to {keptPart * 100:0}%";

    public MemoryZone StartsAt => startsAt;

    public TimeSpan Cooldown => TimeSpan.FromSeconds(30);

    public Task RelieveAsync(CancellationToken cancellationToken)
    {
        var kept = (int)(cache.Totals.Count * keptPart);
        while (cache.Totals.Count > kept && cache.RemoveOldest())
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        // The watch measures as soon as this returns. Removed documents are garbage until a GC, and a step that frees nothing is asked less often.
        GC.Collect();
        return Task.CompletedTask;
    }
}
