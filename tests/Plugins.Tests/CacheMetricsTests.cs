using MemoryWatch;

namespace Plugins.Tests;

public class CacheMetricsTests
{
    private readonly DocumentCache _cache = new();

    [Fact]
    public void One_provider_gives_the_number_of_documents_their_size_and_the_hits()
    {
        _cache.Add("a", new byte[1000]);
        _cache.Add("b", new byte[500]);
        _cache.Find("a");
        _cache.Find("b");
        _cache.Find("a");
        _cache.Find("missing");

        Read().ToString().Should().Be("Cache: 2 documents | Cache size: 1500 bytes | Cache hits: 75 %");
    }

    [Fact]
    public void Before_the_first_lookup_the_hits_are_not_available()
    {
        var metrics = Read();

        metrics["Cache"].Should().Be(0);
        metrics["Cache hits"].Should().BeNull();
        metrics.ToString().Should().EndWith("Cache hits: n/a");
    }

    [Fact]
    public void More_than_500_documents_are_too_many() =>
        new CacheMetrics(_cache).Definitions.Select(d => (d.Key, d.Maximum)).Should().Equal(
            ("cache", 500), ("cache_size", null), ("cache_hit_percent", null));

    /// <summary>Reads as the watch does: one place for each definition, all null before the call.</summary>
    private MetricValues Read()
    {
        var provider = new CacheMetrics(_cache);
        var values = new long?[provider.Definitions.Count];
        provider.Read(values);
        return new([.. provider.Definitions.Zip(values, (definition, value) => new MetricValue(definition, value))]);
    }
}
