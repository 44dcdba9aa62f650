using MemoryWatch.Detection;
using MemoryWatch.Metrics;
using MemoryWatch.Relief;
using MemoryWatch.Reporting;

namespace MemoryWatch.Watching;

/// <summary>What was plugged in, in the order in which it is shown or asked.</summary>
internal sealed record PluginSet(
    IReadOnlyList<IMetricsProvider> Metrics,
    IReadOnlyList<IMemoryDetector> Detectors,
    IReadOnlyList<IMemoryRelief> Reliefs,
    IReadOnlyList<IMemoryObserver> Observers);
