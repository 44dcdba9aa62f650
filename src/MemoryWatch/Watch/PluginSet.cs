using MemoryWatch.Track;

namespace MemoryWatch.Watch;

/// <summary>The plug-ins of a watch, in the order in which they are shown or called.</summary>
internal sealed record PluginSet(
    IMetricsProvider[] Metrics,
    IMemoryDetector[] Detectors,
    IMemoryRelief[] Reliefs,
    IMemoryObserver[] Observers,
    ActivityRule[] Activities,
    string[] Folders);
