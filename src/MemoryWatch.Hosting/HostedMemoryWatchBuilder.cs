using System.Diagnostics.CodeAnalysis;
using MemoryWatch.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemoryWatch;

/// <summary>
/// A builder that can also plug in services of the host. They are resolved when the host starts, so a service may both use the watch and be
/// a metric of it. All must be singletons: the watch lives as long as the host.
/// </summary>
public sealed class HostedMemoryWatchBuilder : MemoryWatchBuilder
{
    internal HostedMemoryWatchBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services that the watch was added to.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Shows a number of a service's.</summary>
    /// <typeparam name="T">The service, registered as a singleton.</typeparam>
    /// <param name="name">The name as it is shown, such as <c>Sessions</c>; of its own among the metrics.</param>
    /// <param name="read">Reads the number; called on a thread of the watch, may throw, should answer within milliseconds.</param>
    /// <param name="configure">Sets unit, maximum and key.</param>
    /// <returns>The same builder.</returns>
    public HostedMemoryWatchBuilder AddMetric<T>(string name, Func<T, long> read, Action<MetricOptions>? configure = null)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(read);
        var options = new MetricOptions();
        configure?.Invoke(options);
        var definition = new MetricDefinition(name, options);
        return this.AddMetricsProvider(
            provider => new ServiceMetric<T>(definition, Singleton<T>(provider, $"Metric '{name}'"), read));
    }

    /// <summary>Shows a number that a service provides.</summary>
    /// <typeparam name="T">The provider; registered as a singleton if it is not yet.</typeparam>
    /// <returns>The same builder.</returns>
    public HostedMemoryWatchBuilder AddMetricsProvider<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IMetricsProvider =>
        Register<T>().AddMetricsProvider(provider => Singleton<T>(provider, "Metrics provider"));

    /// <summary>Adds a detector, behind the built-in ones.</summary>
    /// <typeparam name="T">The detector; registered as a singleton if it is not yet.</typeparam>
    /// <returns>The same builder.</returns>
    public HostedMemoryWatchBuilder AddDetector<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IMemoryDetector =>
        Register<T>().AddDetector(provider => Singleton<T>(provider, "Detector"));

    /// <summary>Adds a relief step, behind the built-in collection.</summary>
    /// <typeparam name="T">The step; registered as a singleton if it is not yet.</typeparam>
    /// <returns>The same builder.</returns>
    public HostedMemoryWatchBuilder AddRelief<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IMemoryRelief =>
        Register<T>().AddRelief(provider => Singleton<T>(provider, "Relief"));

    /// <summary>Adds an observer.</summary>
    /// <typeparam name="T">The observer; registered as a singleton if it is not yet.</typeparam>
    /// <returns>The same builder.</returns>
    public HostedMemoryWatchBuilder AddObserver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IMemoryObserver =>
        Register<T>().AddObserver(provider => Singleton<T>(provider, "Observer"));

    private HostedMemoryWatchBuilder Register<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class
    {
        Services.TryAddSingleton<T>();
        return this;
    }

    private T Singleton<T>(IServiceProvider provider, string what)
        where T : notnull
    {
        ServiceLifetimes.RequireSingleton(Services, typeof(T), what.EndsWith('\'') ? what : $"{what} '{typeof(T).Name}'");
        return provider.GetRequiredService<T>();
    }

    private sealed class ServiceMetric<T>(MetricDefinition definition, T service, Func<T, long> read) : IMetricsProvider
    {
        public IReadOnlyList<MetricDefinition> Definitions { get; } = [definition];

        public void Read(Span<long?> values) => values[0] = read(service);
    }
}
