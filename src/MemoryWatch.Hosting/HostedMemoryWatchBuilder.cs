using System.Diagnostics.CodeAnalysis;
using MemoryWatch.Hosting;
using MemoryWatch.Hosting.Webhook;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MemoryWatch;

/// <summary>
/// A builder that can also plug in services of the host. The services are resolved when the host starts, so a service may both use the watch and
/// provide a metric for it. All must be singletons because the watch lives as long as the host; otherwise the host's start fails with an
/// <see cref="InvalidOperationException"/>.
/// </summary>
/// <example>
/// <code>
/// HostedMemoryWatchBuilder memory = builder.Services.AddMemoryWatch();
/// memory
///     .AddMetric&lt;SessionManager>("Sessions", sessions => sessions.Count, metric => metric.Maximum = 3)
///     .AddRelief&lt;ClearCacheRelief>()
///     .AddBlackBox();
/// </code>
/// </example>
public sealed class HostedMemoryWatchBuilder : MemoryWatchBuilder
{
    private bool _hasCacheRelief;

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

    /// <summary>
    /// Adds a relief step that calls a service of the host. A singleton is taken when the host starts; for each call to a scoped or transient service
    /// there is a scope of its own, which ends with the call.
    /// </summary>
    /// <typeparam name="T">The service, which must be registered.</typeparam>
    /// <param name="name">Name of the step in logs, such as <c>Idle sessions</c>.</param>
    /// <param name="from">
    /// The mildest zone in which the step is called; with <see cref="MemoryZone.Healthy"/> it is called as soon as usage reaches the high threshold.
    /// </param>
    /// <param name="relieve">
    /// Frees memory. It may throw or hang; its token is cancelled at the time limit and when the watch stops.
    /// </param>
    /// <param name="stage">
    /// The place of the step in the ladder. A function that only drops references belongs in <see cref="ReliefStage.Cache"/>, so that the built-in GC
    /// after it frees them.
    /// </param>
    /// <param name="cooldown">Minimum time from the end of one call to the start of the next; 10 seconds if <see langword="null"/>.</param>
    /// <param name="timeLimit">Maximum duration of one call; 10 seconds if <see langword="null"/>.</param>
    /// <returns>The same instance, for chaining.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="cooldown"/> is negative, or <paramref name="timeLimit"/> is not positive.
    /// </exception>
    public HostedMemoryWatchBuilder AddRelief<T>(
        string name, MemoryZone from, Func<T, CancellationToken, Task> relieve, ReliefStage stage = ReliefStage.Application,
        TimeSpan? cooldown = null, TimeSpan? timeLimit = null)
        where T : notnull
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(relieve);
        ArgumentOutOfRangeException.ThrowIfLessThan(cooldown ?? TimeSpan.Zero, TimeSpan.Zero, nameof(cooldown));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeLimit ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(timeLimit));
        return this.AddRelief(provider => new ServiceRelief<T>(relieve, provider, ServiceLifetimes.Require(Services, typeof(T), $"Relief '{name}'"))
        {
            Name = name,
            StartsAt = from,
            Stage = stage,
            Cooldown = cooldown ?? TimeSpan.FromSeconds(10),
            TimeLimit = timeLimit ?? TimeSpan.FromSeconds(10),
        });
    }

    /// <summary>
    /// Adds a relief step that compacts each <see cref="MemoryCache"/> that is registered as a singleton, keyed ones included: by a quarter of its
    /// entries as soon as usage reaches the high threshold, by half in the critical zone, and all of it in the imminent zone. Entries with the priority
    /// <see cref="CacheItemPriority.NeverRemove"/> stay. Without such a cache there is no step. Calling it again has no effect.
    /// </summary>
    /// <returns>The same instance, for chaining.</returns>
    public HostedMemoryWatchBuilder AddMemoryCacheRelief()
    {
        if (_hasCacheRelief)
        {
            return this;
        }

        _hasCacheRelief = true;
        return this.AddRelief(provider => MemoryCacheRelief.Create(Services, provider));
    }

    /// <summary>Adds a relief step.</summary>
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

    /// <summary>
    /// Allows the drained restart: if memory runs out and relief does not help, MemoryWatch takes the program out of service (the health check fails, and
    /// <see cref="IMemoryWatch.Draining"/> is cancelled), waits for the operations in flight, and stops the host in order with
    /// <see cref="RestartOptions.ExitCode"/>, so that the platform starts it again. It needs a black box on a disk that outlives the restart, in which
    /// restarts are counted.
    /// </summary>
    /// <param name="configure">Changes the settings of the restart; the configuration section <c>MemoryWatch:Restart</c> takes precedence.</param>
    /// <returns>The same instance, for chaining.</returns>
    public HostedMemoryWatchBuilder AddDrainedRestart(Action<RestartOptions>? configure = null) => this.AddDrainedRestart(
        provider =>
        {
            var lifetime = provider.GetRequiredService<IHostApplicationLifetime>();
            return _ => lifetime.StopApplication();
        },
        configure);

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
