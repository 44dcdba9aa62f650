using MemoryWatch.Detection;
using MemoryWatch.Metrics;
using MemoryWatch.Operations;
using MemoryWatch.Relief;
using MemoryWatch.Reporting;

namespace MemoryWatch.Watching;

/// <summary>What was plugged in, in the order in which it is shown or asked.</summary>
internal sealed record PluginSet(
    IMetricsProvider[] Metrics,
    IMemoryDetector[] Detectors,
    IMemoryRelief[] Reliefs,
    IMemoryObserver[] Observers,
    ActivityRule[] Activities);
