using MemoryWatch.Detection;
using MemoryWatch.Metrics;
using MemoryWatch.Relief;
using MemoryWatch.Reporting;

namespace MemoryWatch;

/// <summary>
/// What an application plugs into a watch, in the order in which it is shown or asked. Everything here must be
/// thread-safe: it is called on threads of the watch.
/// </summary>
public sealed class MemoryWatchPlugins
{
    internal List<IMetricsProvider> Metrics { get; } = [];

    internal List<IMemoryDetector> Detectors { get; } = [];

    internal List<IMemoryRelief> Reliefs { get; } = [];

    internal List<IMemoryObserver> Observers { get; } = [];

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
    public MemoryWatchPlugins AddMetricsProvider(IMetricsProvider provider) => Add(Metrics, provider);

    /// <summary>Adds a detector, behind the built-in ones.</summary>
    /// <param name="detector">Judges each snapshot.</param>
    /// <returns>This.</returns>
    public MemoryWatchPlugins AddDetector(IMemoryDetector detector) => Add(Detectors, detector);

    /// <summary>Adds a relief step, behind the built-in collection.</summary>
    /// <param name="relief">Frees memory when asked.</param>
    /// <returns>This.</returns>
    public MemoryWatchPlugins AddRelief(IMemoryRelief relief) => Add(Reliefs, relief);

    /// <summary>Adds an observer.</summary>
    /// <param name="observer">Is told what the watch sees and does.</param>
    /// <returns>This.</returns>
    public MemoryWatchPlugins AddObserver(IMemoryObserver observer) => Add(Observers, observer);

    /// <summary>These and then the others.</summary>
    internal MemoryWatchPlugins With(MemoryWatchPlugins? others)
    {
        var all = new MemoryWatchPlugins();
        foreach (var plugins in others is null ? [this] : new[] { this, others })
        {
            all.Metrics.AddRange(plugins.Metrics);
            all.Detectors.AddRange(plugins.Detectors);
            all.Reliefs.AddRange(plugins.Reliefs);
            all.Observers.AddRange(plugins.Observers);
        }

        return all;
    }

    private MemoryWatchPlugins Add<T>(List<T> list, T plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        list.Add(plugin);
        return this;
    }
}
