using MemoryWatch.Track;
using MemoryWatch.Watch;

namespace MemoryWatch;

/// <summary>
/// Collects the settings of a watch and what an application plugs into it, in the order in which it is shown or asked. All that is plugged
/// in must be thread-safe: it is called on threads of the watch. Programs with a host get one from <c>AddMemoryWatch()</c>, others from
/// <see cref="MemoryWatcher.Start"/>.
/// </summary>
/// <remarks>The ways to add something are in <see cref="MemoryWatchBuilderExtensions"/>, so that each builder is given back as what it is.</remarks>
public class MemoryWatchBuilder
{
    private readonly List<Action<MemoryWatchOptions>> _settings = [];
    private readonly List<Func<IServiceProvider, IMetricsProvider>> _metrics = [];
    private readonly List<Func<IServiceProvider, IMemoryDetector>> _detectors = [];
    private readonly List<Func<IServiceProvider, IMemoryRelief>> _reliefs = [];
    private readonly List<Func<IServiceProvider, IMemoryObserver>> _observers = [];
    private readonly List<ActivityRule> _activities = [];

    internal void Add(Action<MemoryWatchOptions> configure) => Add(_settings, configure);

    internal void Add(Func<IServiceProvider, IMetricsProvider> provider) => Add(_metrics, provider);

    internal void Add(Func<IServiceProvider, IMemoryDetector> detector) => Add(_detectors, detector);

    internal void Add(Func<IServiceProvider, IMemoryRelief> relief) => Add(_reliefs, relief);

    internal void Add(Func<IServiceProvider, IMemoryObserver> observer) => Add(_observers, observer);

    internal void Add(ActivityRule activities) => Add(_activities, activities);

    /// <summary>Changes options as everybody who configured the builder wants them.</summary>
    /// <param name="options">The options.</param>
    public void Apply(MemoryWatchOptions options) => _settings.ForEach(configure => configure(options));

    /// <summary>Makes what is plugged in.</summary>
    internal PluginSet Build(IServiceProvider services) => new(
        [.. _metrics.Select(make => make(services))],
        [.. _detectors.Select(make => make(services))],
        [.. _reliefs.Select(make => make(services))],
        [.. _observers.Select(make => make(services))],
        [.. _activities]);

    private static void Add<T>(List<T> list, T item)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(item);
        list.Add(item);
    }
}
