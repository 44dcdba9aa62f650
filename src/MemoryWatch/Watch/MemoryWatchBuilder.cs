using MemoryWatch.Track;
using MemoryWatch.Watch;

namespace MemoryWatch;

/// <summary>
/// Collects the settings and the plug-ins of a watch. Plug-ins are shown or called in the order in which they were added. They must be
/// thread-safe because the watch calls them on its threads. Programs with a host get a builder from <c>AddMemoryWatch()</c>, others from
/// <see cref="MemoryWatcher.Start"/>.
/// </summary>
/// <remarks>
/// The methods that add settings and plug-ins are in <see cref="MemoryWatchBuilderExtensions"/>, so that each returns the type of the builder it
/// was called on.
/// </remarks>
/// <example>
/// <code>
/// static void AddOurs(MemoryWatchBuilder watch) => watch
///     .AddMetric("Sessions", () => sessions.Count)
///     .WatchFolder("/tmp/downloads");
///
/// AddOurs(builder.Services.AddMemoryWatch());
/// </code>
/// </example>
public class MemoryWatchBuilder
{
    private readonly List<Action<MemoryWatchOptions>> _settings = [];
    private readonly List<Func<IServiceProvider, IMetricsProvider>> _metrics = [];
    private readonly List<Func<IServiceProvider, IMemoryDetector>> _detectors = [];
    private readonly List<Func<IServiceProvider, IMemoryRelief?>> _reliefs = [];
    private readonly List<Func<IServiceProvider, IMemoryObserver>> _observers = [];
    private readonly List<ActivityRule> _activities = [];
    private readonly List<Func<IServiceProvider, string>> _folders = [];
    private Func<IServiceProvider, Action<int>>? _stop;

    internal void Add(Action<MemoryWatchOptions> configure) => Add(_settings, configure);

    internal void Add(Func<IServiceProvider, IMetricsProvider> provider) => Add(_metrics, provider);

    internal void Add(Func<IServiceProvider, IMemoryDetector> detector) => Add(_detectors, detector);

    internal void Add(Func<IServiceProvider, IMemoryRelief?> relief) => Add(_reliefs, relief);

    internal void Add(Func<IServiceProvider, IMemoryObserver> observer) => Add(_observers, observer);

    internal void Add(ActivityRule activities) => Add(_activities, activities);

    internal void Add(Func<IServiceProvider, string> folder) => Add(_folders, folder);

    /// <summary>Sets how the program is stopped; the last call counts.</summary>
    internal void StopBy(Func<IServiceProvider, Action<int>> stop) => _stop = stop;

    /// <summary>Applies to the options all changes made with <c>Configure</c>, in the order in which they were added.</summary>
    /// <param name="options">The options to change.</param>
    public void Apply(MemoryWatchOptions options) => _settings.ForEach(configure => configure(options));

    /// <summary>Creates the plug-ins.</summary>
    internal PluginSet Build(IServiceProvider services) => new(
        [.. _metrics.Select(make => make(services))],
        [.. _detectors.Select(make => make(services))],
        [.. _reliefs.Select(make => make(services)).OfType<IMemoryRelief>()],
        [.. _observers.Select(make => make(services))],
        [.. _activities],
        [.. _folders.Select(make => make(services))])
    {
        Stop = _stop?.Invoke(services),
    };

    private static void Add<T>(List<T> list, T item)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(item);
        list.Add(item);
    }
}
