using MemoryWatch;

namespace Plugins;

/// <summary>Shows three metrics of a cache: documents, their size, and the percentage of lookups that found something.</summary>
public sealed class CacheMetrics(DocumentCache cache) : IMetricsProvider
{
    /// <summary>More than 500 documents raise one alert.</summary>
    public IReadOnlyList<MetricDefinition> Definitions { get; } =
    [
        new("Cache", new() { Unit = "documents", Maximum = 500 }),
        new("Cache size", new() { Unit = "bytes" }),
        new("Cache hits", new() { Unit = "%", Key = "cache_hit_percent" }),
    ];

    public void Read(Span<long?> values)
    {
        var (count, bytes, hits, lookups) = cache.Totals;
        values[0] = count;
        values[1] = bytes;

        // Before the first lookup there is no percentage: null shows as n/a, which 0 % would not mean.
        values[2] = lookups == 0 ? null : hits * 100 / lookups;
    }
}
