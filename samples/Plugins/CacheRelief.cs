using MemoryWatch;

namespace Plugins;

/// <summary>
/// Removes the oldest documents of a cache: half of them when memory is high, all once it is critical. The documents are garbage then; MemoryWatch's
/// own GC, the next stage of relief, frees them.
/// </summary>
/// <param name="cache">The cache.</param>
public sealed class CacheRelief(DocumentCache cache) : IMemoryRelief
{
    public string Name => "Document cache";

    public ReliefStage Stage => ReliefStage.Cache;

    public TimeSpan Cooldown => TimeSpan.FromSeconds(30);

    public Task RelieveAsync(CancellationToken cancellationToken) => RelieveAsync(MemoryZone.Healthy, cancellationToken);

    public Task RelieveAsync(MemoryZone zone, CancellationToken cancellationToken)
    {
        var kept = zone >= MemoryZone.Critical ? 0 : cache.Totals.Count / 2;
        while (cache.Totals.Count > kept && cache.RemoveOldest())
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Task.CompletedTask;
    }

    public ReliefEstimate? Estimate(MemoryZone zone)
    {
        var totals = cache.Totals;
        return zone >= MemoryZone.Critical ? new(totals.Bytes, totals.Count) : new(totals.Bytes, totals.Count - (totals.Count / 2));
    }
}
