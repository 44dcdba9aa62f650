using MemoryWatch.Act;
using MemoryWatch.Read;
using MemoryWatch.Track;

namespace MemoryWatch;

/// <summary>Adds settings, plug-ins, activity tracking and a black box to a <see cref="MemoryWatchBuilder"/>.</summary>
/// <example>
/// <code>
/// using var watch = MemoryWatcher.Start(
///     builder => builder
///         .Configure(options => options.Limit = "512MB")
///         .AddMetric("Queue", () => queue.Count)
///         .AddBlackBox("/data/memory.blackbox"),
///     loggers);
/// </code>
/// </example>
public static class MemoryWatchBuilderExtensions
{
    /// <summary>Changes settings. In a host, the configuration section <c>MemoryWatch</c> is applied later and takes precedence.</summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the options.</param>
    /// <returns>The same instance, for chaining.</returns>
    public static TBuilder Configure<TBuilder>(this TBuilder builder, Action<MemoryWatchOptions> configure)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(configure);
        return builder;
    }

    /// <summary>Adds a metric of the application that a function reads.</summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Display name, such as <c>Sessions</c>. Must be unique among the metrics.</param>
    /// <param name="read">Reads the value; it may throw, and should answer within milliseconds.</param>
    /// <param name="configure">Sets unit, maximum and key; none, no maximum and a key derived from the name by default.</param>
    /// <returns>The same instance, for chaining.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty, or the maximum is negative.</exception>
    public static TBuilder AddMetric<TBuilder>(
        this TBuilder builder, string name, Func<long> read, Action<MetricOptions>? configure = null)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(read);
        var options = new MetricOptions();
        configure?.Invoke(options);
        return builder.AddMetricsProvider(new DelegateMetric(new(name, options), () => read()));
    }

    /// <summary>Adds a provider of metrics of the application.</summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="provider">The provider.</param>
    /// <returns>The same instance, for chaining.</returns>
    public static TBuilder AddMetricsProvider<TBuilder>(this TBuilder builder, IMetricsProvider provider)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(provider);
        return builder.AddMetricsProvider(_ => provider);
    }

    /// <summary>Adds a provider of metrics that is created when the watch starts.</summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="provider">
    /// Creates the provider. In a host it gets the host's services; without a host, a provider that has no services.
    /// </param>
    /// <returns>The same instance, for chaining.</returns>
    public static TBuilder AddMetricsProvider<TBuilder>(this TBuilder builder, Func<IServiceProvider, IMetricsProvider> provider)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(provider);
        return builder;
    }

    /// <summary>Adds a detector, called after the built-in detectors.</summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="detector">The detector.</param>
    /// <returns>The same instance, for chaining.</returns>
    public static TBuilder AddDetector<TBuilder>(this TBuilder builder, IMemoryDetector detector)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(detector);
        return builder.AddDetector(_ => detector);
    }

    /// <summary>Adds a detector that is created when the watch starts, called after the built-in detectors.</summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="detector">
    /// Creates the detector. In a host it gets the host's services; without a host, a provider that has no services.
    /// </param>
    /// <returns>The same instance, for chaining.</returns>
    public static TBuilder AddDetector<TBuilder>(this TBuilder builder, Func<IServiceProvider, IMemoryDetector> detector)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(detector);
        return builder;
    }

    /// <summary>
    /// Adds a function as a relief step. A function that only drops references belongs in <see cref="ReliefStage.Cache"/>, so that the built-in GC after
    /// it frees them.
    /// </summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Name of the step in logs, such as <c>Idle sessions</c>.</param>
    /// <param name="from">
    /// The mildest zone in which the step is called; with <see cref="MemoryZone.Healthy"/> it is called as soon as usage reaches the high threshold.
    /// </param>
    /// <param name="relieve">
    /// Frees memory. It may throw or hang; its token is cancelled at the time limit and when the watch stops.
    /// </param>
    /// <param name="stage">The place of the step in the ladder.</param>
    /// <param name="cooldown">Minimum time from the end of one call to the start of the next; 10 seconds if <see langword="null"/>.</param>
    /// <param name="timeLimit">Maximum duration of one call; 10 seconds if <see langword="null"/>.</param>
    /// <returns>The same instance, for chaining.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="cooldown"/> is negative, or <paramref name="timeLimit"/> is not positive.
    /// </exception>
    public static TBuilder AddRelief<TBuilder>(
        this TBuilder builder, string name, MemoryZone from, Func<CancellationToken, Task> relieve, ReliefStage stage = ReliefStage.Application,
        TimeSpan? cooldown = null, TimeSpan? timeLimit = null)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(relieve);
        return builder.AddRelief(new DelegateRelief(name, from, relieve, stage, cooldown, timeLimit));
    }

    /// <summary>Adds a relief step.</summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="relief">The relief step.</param>
    /// <returns>The same instance, for chaining.</returns>
    public static TBuilder AddRelief<TBuilder>(this TBuilder builder, IMemoryRelief relief)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(relief);
        return builder.AddRelief(_ => relief);
    }

    /// <summary>Adds a relief step that is created when the watch starts.</summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="relief">
    /// Creates the relief step, or returns <see langword="null"/> if there is nothing to relieve. In a host it gets the host's services; without a
    /// host, a provider that has no services.
    /// </param>
    /// <returns>The same instance, for chaining.</returns>
    public static TBuilder AddRelief<TBuilder>(this TBuilder builder, Func<IServiceProvider, IMemoryRelief?> relief)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(relief);
        return builder;
    }

    /// <summary>Adds an observer.</summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="observer">Receives the watch's snapshots, journal entries, alerts and relief outcomes.</param>
    /// <returns>The same instance, for chaining.</returns>
    public static TBuilder AddObserver<TBuilder>(this TBuilder builder, IMemoryObserver observer)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(observer);
        return builder.AddObserver(_ => observer);
    }

    /// <summary>Adds an observer that is created when the watch starts.</summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="observer">
    /// Creates the observer. In a host it gets the host's services; without a host, a provider that has no services.
    /// </param>
    /// <returns>The same instance, for chaining.</returns>
    public static TBuilder AddObserver<TBuilder>(this TBuilder builder, Func<IServiceProvider, IMemoryObserver> observer)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(observer);
        return builder;
    }

    /// <summary>
    /// Tracks every activity of the matching sources as an operation, from its start to its stop, named by its
    /// <see cref="System.Diagnostics.Activity.OperationName"/>. If the activity's status is an error, the operation fails. The watch's own
    /// activities are not tracked.
    /// </summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="source">
    /// A source's name; <c>*</c> matches any characters: <c>MyCompany.*</c>. If several rules match a source, the first one applies.
    /// </param>
    /// <param name="configure">
    /// Sets the filter, the sample ratio, the context and the verbosity; by default every activity is tracked, without context.
    /// </param>
    /// <returns>The same instance, for chaining.</returns>
    /// <exception cref="ArgumentException"><paramref name="source"/> is empty.</exception>
    /// <remarks>
    /// If no other listener wants an activity, tracking still causes .NET to create it, with an id that outgoing requests propagate. Such an
    /// activity is neither recorded nor collects data. Each call tracks at most 4096 activities in flight; further activities are not tracked.
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
    /// Keeps a black box: a file that survives a kill. The next start reads it, logs how the run ended, and returns it as
    /// <see cref="IMemoryWatch.PreviousRun"/>. The configuration setting <c>MemoryWatch:BlackBox:Path</c> takes precedence over the path.
    /// </summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="path">
    /// Path of the file. A relative path is below the current folder, in a host below the content root. Keep the file on a disk that outlives the
    /// process. Its folder is created if needed.
    /// </param>
    /// <returns>The same instance, for chaining.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public static TBuilder AddBlackBox<TBuilder>(this TBuilder builder, string path = "data/memory.blackbox")
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return builder.Configure(options => options.BlackBox.Path = path);
    }

    /// <summary>
    /// Allows the <see cref="RestartOptions">drained restart</see> in a program without a host: if memory runs out and relief does not help, MemoryWatch
    /// cancels <see cref="IMemoryWatch.Draining"/>, waits for the operations in flight, and then has the program stop. With a host, use the method of
    /// the same name in MemoryWatch.Hosting, which needs no function.
    /// </summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="stop">
    /// Stops the program, with the exit code. It is called on a separate thread. If the process has not ended after
    /// <see cref="RestartOptions.StopTimeout"/>, MemoryWatch ends it.
    /// </param>
    /// <param name="configure">Changes the settings of the restart.</param>
    /// <returns>The same instance, for chaining.</returns>
    public static TBuilder AddDrainedRestart<TBuilder>(this TBuilder builder, Action<int> stop, Action<RestartOptions>? configure = null)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(stop);
        return builder.AddDrainedRestart(_ => stop, configure);
    }

    /// <summary>Allows the drained restart in a program that is stopped with the help of services.</summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="stop">
    /// Returns the function that stops the program. In a host it gets the host's services; without a host, a provider that has no services.
    /// </param>
    /// <param name="configure">Changes the settings of the restart.</param>
    /// <returns>The same instance, for chaining.</returns>
    public static TBuilder AddDrainedRestart<TBuilder>(
        this TBuilder builder, Func<IServiceProvider, Action<int>> stop, Action<RestartOptions>? configure = null)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(stop);
        builder.StopBy(stop);
        return builder.Configure(options =>
        {
            options.Restart.Enabled = true;
            configure?.Invoke(options.Restart);
        });
    }

    /// <summary>
    /// Logs at the start where the files of a folder are stored, with a warning if that is in memory (tmpfs): then each file that the program writes
    /// there counts as memory of its container. <see cref="MemoryWatcher.WatchedFolders"/> has the result. For folders of downloads, uploads and
    /// temporary files.
    /// </summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="path">
    /// Path of the folder. A relative path is below the current folder. If the folder does not exist, the place where it would be created is reported.
    /// </param>
    /// <returns>The same instance, for chaining.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public static TBuilder WatchFolder<TBuilder>(this TBuilder builder, string path)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return builder.WatchFolder(_ => path);
    }

    /// <summary>Logs at the start where the files of a folder are stored whose path is known when the watch starts.</summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="path">
    /// Returns the path of the folder. In a host it gets the host's services; without a host, a provider that has no services.
    /// </param>
    /// <returns>The same instance, for chaining.</returns>
    public static TBuilder WatchFolder<TBuilder>(this TBuilder builder, Func<IServiceProvider, string> path)
        where TBuilder : MemoryWatchBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(path);
        return builder;
    }
}
