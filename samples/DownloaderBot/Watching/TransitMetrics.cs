using DownloaderBot.Storage;
using MemoryWatch;

namespace DownloaderBot.Watching;

/// <summary>
/// The files in transit. Two numbers of one moment, so they come from one provider. A kernel counts what it caches of them as the container's
/// memory.
/// </summary>
internal sealed class TransitMetrics(AssetStore store) : IMetricsProvider
{
    public IReadOnlyList<MetricDefinition> Definitions { get; } =
    [
        new("Transit", new() { Unit = "files", Key = "transit_files" }),
        new("On disk", new() { Unit = "MB", Key = "transit_megabytes" }),
    ];

    public void Read(Span<long?> values)
    {
        var (files, bytes) = store.InTransit;
        (values[0], values[1]) = (files, bytes >> 20);
    }
}
