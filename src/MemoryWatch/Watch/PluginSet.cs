using MemoryWatch.Track;

namespace MemoryWatch.Watch;

/// <summary>The plug-ins of a watch, in the order in which they are shown or called.</summary>
internal sealed record PluginSet(
    IMetricsProvider[] Metrics,
    IMemoryDetector[] Detectors,
    IMemoryRelief[] Reliefs,
    IMemoryObserver[] Observers,
    ActivityRule[] Activities,
    string[] Folders)
{
    /// <summary>Stops the program, with an exit code; <see langword="null"/> if it has not said how.</summary>
    public Action<int>? Stop { get; init; }
}
