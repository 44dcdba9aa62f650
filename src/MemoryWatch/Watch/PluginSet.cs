using MemoryWatch.Track;

namespace MemoryWatch.Watch;

/// <summary>What was plugged in, in the order in which it is shown or asked.</summary>
internal sealed record PluginSet(
    IMetricsProvider[] Metrics,
    IMemoryDetector[] Detectors,
    IMemoryRelief[] Reliefs,
    IMemoryObserver[] Observers,
    ActivityRule[] Activities);
