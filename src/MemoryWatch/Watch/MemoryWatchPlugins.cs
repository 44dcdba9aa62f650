using MemoryWatch.Read;
using MemoryWatch.Track;
using MemoryWatch.Watch;

namespace MemoryWatch;

/// <summary>
/// What an application plugs into a watch, in the order in which it is shown or asked. Everything here must be
/// thread-safe: it is called on threads of the watch.
/// </summary>
public sealed class MemoryWatchPlugins
{
    private readonly List<IMetricsProvider> _metrics = [];
    private readonly List<IMemoryDetector> _detectors = [];
    private readonly List<IMemoryRelief> _reliefs = [];
    private readonly List<IMemoryObserver> _observers = [];
    private readonly List<ActivityRule> _activities = [];

    /// <summary>Adds a number of the application's, read by a function.</summary>
    /// <param name="name">The name as it is shown, such as <c>Sessions</c>; of its own among the metrics.</param>
    /// <param name="read">Reads the number; may throw, should answer within milliseconds.</param>
    /// <param name="configure">Sets unit, maximum and key.</param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public MemoryWatchPlugins AddMetric(string name, Func<long> read, Action<MetricOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(read);
        var options = new MetricOptions();
        configure?.Invoke(options);
        return AddMetricsProvider(new DelegateMetric(new(name, options), () => read()));
    }

    /// <summary>Adds a number of the application's. A watch shows at most 30.</summary>
    /// <param name="provider">Reads the number.</param>
    /// <returns>This.</returns>
    public MemoryWatchPlugins AddMetricsProvider(IMetricsProvider provider) => Add(_metrics, provider);

    /// <summary>Adds a detector, behind the built-in ones.</summary>
    /// <param name="detector">Judges each snapshot.</param>
    /// <returns>This.</returns>
    public MemoryWatchPlugins AddDetector(IMemoryDetector detector) => Add(_detectors, detector);

    /// <summary>Adds a relief step, behind the built-in collection.</summary>
    /// <param name="relief">Frees memory when asked.</param>
    /// <returns>This.</returns>
    public MemoryWatchPlugins AddRelief(IMemoryRelief relief) => Add(_reliefs, relief);

    /// <summary>Adds an observer.</summary>
    /// <param name="observer">Is told what the watch sees and does.</param>
    /// <returns>This.</returns>
    public MemoryWatchPlugins AddObserver(IMemoryObserver observer) => Add(_observers, observer);

    /// <summary>
    /// Makes an operation of every activity of some sources, from its start to its stop, named by its
    /// <see cref="System.Diagnostics.Activity.OperationName"/>. It fails where the activity's status is an error. The watch's own
    /// activities are left out.
    /// </summary>
    /// <param name="source">A source's name; <c>*</c> stands for any characters: <c>MyCompany.*</c>. Of several that match, the first counts.</param>
    /// <param name="configure">Filters, samples, and says what is told.</param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException"><paramref name="source"/> is empty.</exception>
    /// <remarks>
    /// Activities that nobody else listens to are made for the sake of this, with ids that outgoing requests pass on, but neither
    /// recorded nor with data.
    /// </remarks>
    public MemoryWatchPlugins TrackActivities(string source, Action<ActivityTrackingOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        var options = new ActivityTrackingOptions();
        configure?.Invoke(options);
        return Add(_activities, new ActivityRule(source, options));
    }

    /// <summary>These and then the others, as they are now.</summary>
    internal PluginSet With(MemoryWatchPlugins? others) => new(
        Joined(_metrics, others?._metrics),
        Joined(_detectors, others?._detectors),
        Joined(_reliefs, others?._reliefs),
        Joined(_observers, others?._observers),
        Joined(_activities, others?._activities));

    private static T[] Joined<T>(List<T> plugins, List<T>? others) => [.. plugins, .. others ?? []];

    private MemoryWatchPlugins Add<T>(List<T> list, T plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        list.Add(plugin);
        return this;
    }
}
