using MemoryWatch.Read;
using MemoryWatch.Track;

namespace MemoryWatch;

/// <summary>What a <see cref="MemoryWatchBuilder"/> can be given.</summary>
public static class MemoryWatchBuilderExtensions
{
    /// <summary>Changes settings. In a host, the configuration section <c>MemoryWatch</c> has the last word.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes them.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder Configure<TBuilder>(this TBuilder builder, Action<MemoryWatchOptions> configure)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(configure);
        return builder;
    }

    /// <summary>Adds a number of the application's, read by a function.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name as it is shown, such as <c>Sessions</c>; of its own among the metrics.</param>
    /// <param name="read">Reads the number; may throw, should answer within milliseconds.</param>
    /// <param name="configure">Sets unit, maximum and key.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public static TBuilder AddMetric<TBuilder>(
        this TBuilder builder, string name, Func<long> read, Action<MetricOptions>? configure = null)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(read);
        var options = new MetricOptions();
        configure?.Invoke(options);
        return builder.AddMetricsProvider(new DelegateMetric(new(name, options), () => read()));
    }

    /// <summary>Adds a number of the application's.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="provider">Reads the number.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddMetricsProvider<TBuilder>(this TBuilder builder, IMetricsProvider provider)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(provider);
        return builder.AddMetricsProvider(_ => provider);
    }

    /// <summary>Adds a number of the application's, provided by something that is made when the watch starts.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="provider">Makes what reads the number, from the services of the host; without one there are none.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddMetricsProvider<TBuilder>(this TBuilder builder, Func<IServiceProvider, IMetricsProvider> provider)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(provider);
        return builder;
    }

    /// <summary>Adds a detector, behind the built-in ones.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="detector">Judges each snapshot.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddDetector<TBuilder>(this TBuilder builder, IMemoryDetector detector)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(detector);
        return builder.AddDetector(_ => detector);
    }

    /// <summary>Adds a detector that is made when the watch starts, behind the built-in ones.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="detector">Makes what judges each snapshot, from the services of the host; without one there are none.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddDetector<TBuilder>(this TBuilder builder, Func<IServiceProvider, IMemoryDetector> detector)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(detector);
        return builder;
    }

    /// <summary>Adds a relief step, behind the built-in collection.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="relief">Frees memory when asked.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddRelief<TBuilder>(this TBuilder builder, IMemoryRelief relief)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(relief);
        return builder.AddRelief(_ => relief);
    }

    /// <summary>Adds a relief step that is made when the watch starts, behind the built-in collection.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="relief">Makes what frees memory when asked, from the services of the host; without one there are none.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddRelief<TBuilder>(this TBuilder builder, Func<IServiceProvider, IMemoryRelief> relief)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(relief);
        return builder;
    }

    /// <summary>Adds an observer.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="observer">Is told what the watch sees and does.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddObserver<TBuilder>(this TBuilder builder, IMemoryObserver observer)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(observer);
        return builder.AddObserver(_ => observer);
    }

    /// <summary>Adds an observer that is made when the watch starts.</summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="observer">Makes what is told what the watch sees and does, from the services of the host; without one there are none.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddObserver<TBuilder>(this TBuilder builder, Func<IServiceProvider, IMemoryObserver> observer)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(observer);
        return builder;
    }

    /// <summary>
    /// Makes an operation of every activity of some sources, from its start to its stop, named by its
    /// <see cref="System.Diagnostics.Activity.OperationName"/>. It fails where the activity's status is an error. The watch's own
    /// activities are left out.
    /// </summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="source">A source's name; <c>*</c> stands for any characters: <c>MyCompany.*</c>. Of several that match, the first counts.</param>
    /// <param name="configure">Filters, samples, and says what is told; neither by default.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="source"/> is empty.</exception>
    /// <remarks>
    /// Activities that nobody else listens to are made for the sake of this, with ids that outgoing requests pass on, but neither
    /// recorded nor with data.
    /// </remarks>
    public static TBuilder TrackActivities<TBuilder>(
        this TBuilder builder, string source, Action<ActivityTrackingOptions>? configure = null)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        var options = new ActivityTrackingOptions();
        configure?.Invoke(options);
        builder.Add(new ActivityRule(source, options));
        return builder;
    }

    /// <summary>
    /// Keeps a black box: a file that survives a kill and that the next start reads, tells of in the log, and gives as
    /// <see cref="IMemoryWatch.PreviousRun"/>. The configuration <c>MemoryWatch:BlackBox:Path</c> has the last word on where it is.
    /// </summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="path">
    /// The file, below the current folder (in a host below the content root) unless it is a full path; on a disk that outlives the process.
    /// Its folder is made if need be.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public static TBuilder AddBlackBox<TBuilder>(this TBuilder builder, string path = "data/memory.blackbox")
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return builder.Configure(options => options.BlackBox.Path = path);
    }
}
