using System.Diagnostics.CodeAnalysis;
using MemoryWatch.Hosting;
using MemoryWatch.Hosting.Webhook;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace MemoryWatch;

/// <summary>
/// A builder that can also plug in services of the host. The services are resolved when the host starts, so a service may both use the watch and
/// provide a metric for it. All must be singletons because the watch lives as long as the host; otherwise the host's start fails with an
/// <see cref="InvalidOperationException"/>.
/// </summary>
public sealed class HostedMemoryWatchBuilder : MemoryWatchBuilder
{
    internal HostedMemoryWatchBuilder(IServiceCollection services) => Services = services;

    /// <summary>The service collection that the watch was added to.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a metric that is read from a service.</summary>
    /// <typeparam name="T">The service, which must be registered as a singleton.</typeparam>
    /// <param name="name">Display name, such as <c>Sessions</c>. Must be unique among the metrics.</param>
    /// <param name="read">Reads the value. The watch calls it on one of its threads; it may throw, and should answer within milliseconds.</param>
    /// <param name="configure">Sets unit, maximum and key; none, no maximum and a key derived from the name by default.</param>
    /// <returns>The same instance, for chaining.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty, or the maximum is negative.</exception>
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

    /// <summary>Adds a service that provides metrics.</summary>
    /// <typeparam name="T">The provider; registered as a singleton if it is not registered yet.</typeparam>
    /// <returns>The same instance, for chaining.</returns>
    public HostedMemoryWatchBuilder AddMetricsProvider<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IMetricsProvider =>
        Register<T>().AddMetricsProvider(provider => Singleton<T>(provider, "Metrics provider"));

    /// <summary>Adds a detector, called after the built-in detectors.</summary>
    /// <typeparam name="T">The detector; registered as a singleton if it is not registered yet.</typeparam>
    /// <returns>The same instance, for chaining.</returns>
    public HostedMemoryWatchBuilder AddDetector<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IMemoryDetector =>
        Register<T>().AddDetector(provider => Singleton<T>(provider, "Detector"));

    /// <summary>Adds a relief step, called after the built-in forced GC.</summary>
    /// <typeparam name="T">The relief step; registered as a singleton if it is not registered yet.</typeparam>
    /// <returns>The same instance, for chaining.</returns>
    public HostedMemoryWatchBuilder AddRelief<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IMemoryRelief =>
        Register<T>().AddRelief(provider => Singleton<T>(provider, "Relief"));

    /// <summary>Adds an observer.</summary>
    /// <typeparam name="T">The observer; registered as a singleton if it is not registered yet.</typeparam>
    /// <returns>The same instance, for chaining.</returns>
    public HostedMemoryWatchBuilder AddObserver<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IMemoryObserver =>
        Register<T>().AddObserver(provider => Singleton<T>(provider, "Observer"));

    /// <summary>
    /// Posts alerts, and how the previous run ended if it was no orderly end, to an address such as a chat service's. Nothing is sent while no
    /// <see cref="WebhookOptions.Url"/> is set. The watch never waits: at most 32 messages wait for a slow server, and further ones take the place of
    /// the oldest. A message is tried three times.
    /// </summary>
    /// <param name="configure">Changes settings, before the configuration section <c>MemoryWatch:Webhook</c> does.</param>
    /// <returns>The same instance, for chaining.</returns>
    /// <exception cref="OptionsValidationException">When the host starts: a setting is not allowed. The message never contains the address.</exception>
    public HostedMemoryWatchBuilder AddWebhook(Action<WebhookOptions>? configure = null)
    {
        WebhookRegistration.Add(this, configure);
        return this;
    }

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
