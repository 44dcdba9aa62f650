using System.Diagnostics.CodeAnalysis;
using MemoryWatch.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemoryWatch;

/// <summary>
/// Plugs services into the watch. They are resolved when the host starts, so a service may both use the watch and be a
/// metric of it. All must be singletons: the watch lives as long as the host.
/// </summary>
public sealed class MemoryWatchBuilder
{
    internal MemoryWatchBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services that the watch was added to.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Shows a number of a service's.</summary>
    /// <typeparam name="T">The service, registered as a singleton.</typeparam>
    /// <param name="name">The name as it is shown, such as <c>Sessions</c>; of its own among the metrics.</param>
    /// <param name="read">Reads the number; called on a thread of the watch, may throw, should answer within milliseconds.</param>
    /// <param name="configure">Sets unit, maximum and key.</param>
    /// <returns>This.</returns>
    public MemoryWatchBuilder AddMetric<T>(string name, Func<T, long> read, Action<MetricOptions>? configure = null)
        where T : notnull
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(read);
        return Plug<T>($"Metric '{name}'", (plugins, service) => plugins.AddMetric(name, () => read(service), configure));
    }

    /// <summary>Shows a number that a service provides.</summary>
    /// <typeparam name="T">The provider; registered as a singleton if it is not yet.</typeparam>
    /// <returns>This.</returns>
    public MemoryWatchBuilder AddMetricsProvider<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IMetricsProvider =>
        AddAndPlug<T>("Metrics provider", (plugins, provider) => plugins.AddMetricsProvider(provider));

    /// <summary>Adds a detector, behind the built-in ones.</summary>
    /// <typeparam name="T">The detector; registered as a singleton if it is not yet.</typeparam>
    /// <returns>This.</returns>
    public MemoryWatchBuilder AddDetector<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IMemoryDetector =>
        AddAndPlug<T>("Detector", (plugins, detector) => plugins.AddDetector(detector));

    /// <summary>Adds a relief step, behind the built-in collection.</summary>
    /// <typeparam name="T">The step; registered as a singleton if it is not yet.</typeparam>
    /// <returns>This.</returns>
    public MemoryWatchBuilder AddRelief<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IMemoryRelief =>
        AddAndPlug<T>("Relief", (plugins, relief) => plugins.AddRelief(relief));

    /// <summary>Adds an observer.</summary>
    /// <typeparam name="T">The observer; registered as a singleton if it is not yet.</typeparam>
    /// <returns>This.</returns>
    public MemoryWatchBuilder AddObserver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IMemoryObserver =>
        AddAndPlug<T>("Observer", (plugins, observer) => plugins.AddObserver(observer));

    /// <summary>
    /// Makes an operation of every activity of some sources: scopes without code. See <see cref="MemoryWatchPlugins.TrackActivities"/>.
    /// </summary>
    /// <param name="source">A source's name; <c>*</c> stands for any characters: <c>MyCompany.*</c>. Of several that match, the first counts.</param>
    /// <param name="configure">Filters, samples, and says what is told; neither by default.</param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException"><paramref name="source"/> is empty.</exception>
    public MemoryWatchBuilder TrackActivities(string source, Action<ActivityTrackingOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        Services.AddSingleton(new PluginRegistration((_, plugins) => plugins.TrackActivities(source, configure)));
        return this;
    }

    /// <summary>
    /// Keeps a black box: a file that survives a kill and that the next start reads, tells of in the log, and gives as
    /// <see cref="IMemoryWatch.PreviousRun"/>. The configuration <c>MemoryWatch:BlackBoxPath</c> has the last word on where it is.
    /// </summary>
    /// <param name="path">
    /// The file, below the content root unless it is a full path; on a disk that outlives the process. Its folder is made if need be.
    /// </param>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public MemoryWatchBuilder AddBlackBox(string path = "data/memory.blackbox")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Services.Configure<MemoryWatchOptions>(options => options.BlackBoxPath = path);
        return this;
    }

    private MemoryWatchBuilder AddAndPlug<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        string role, Action<MemoryWatchPlugins, T> plug)
        where T : class
    {
        Services.TryAddSingleton<T>();
        return Plug($"{role} '{typeof(T).Name}'", plug);
    }

    private MemoryWatchBuilder Plug<T>(string what, Action<MemoryWatchPlugins, T> plug)
        where T : notnull
    {
        Services.AddSingleton(new PluginRegistration((provider, plugins) =>
        {
            ServiceLifetimes.RequireSingleton(Services, typeof(T), what);
            plug(plugins, provider.GetRequiredService<T>());
        }));
        return this;
    }
}
