using MemoryWatch.Tell;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Hosting;

/// <summary>Compacts the host's memory caches, more of them in a worse zone.</summary>
/// <param name="find">Finds the caches; called by the first call to the step, because a cache may be created then.</param>
internal sealed class MemoryCacheRelief(Func<MemoryCache[]> find) : IMemoryRelief
{
    private const string StepName = "Memory caches";

    private readonly Lazy<MemoryCache[]> _caches = new(find, LazyThreadSafetyMode.PublicationOnly);

    public string Name => StepName;

    public ReliefStage Stage => ReliefStage.Cache;

    // As long as that of the GC by default, which frees what was dropped.
    public TimeSpan Cooldown => TimeSpan.FromMinutes(1);

    /// <returns>The step; <see langword="null"/> if no cache is registered.</returns>
    public static MemoryCacheRelief? Create(IServiceCollection services, IServiceProvider provider)
    {
        var registered = services.Where(IsCache).ToArray();
        if (registered.Length > 0)
        {
            return new(() => [.. registered.SelectMany(one => Resolve(provider, one)).Distinct<MemoryCache>(ReferenceEqualityComparer.Instance)]);
        }

        if (provider.GetService<ILoggerFactory>()?.CreateLogger(MemoryWatcher.LogCategory) is { } logger)
        {
            ReliefLog.NoCache(logger, StepName);
        }

        return null;
    }

    public Task RelieveAsync(CancellationToken cancellationToken) => RelieveAsync(MemoryZone.Healthy, cancellationToken);

    public Task RelieveAsync(MemoryZone zone, CancellationToken cancellationToken)
    {
        foreach (var cache in _caches.Value)
        {
            cancellationToken.ThrowIfCancellationRequested();
            cache.Compact(PartIn(zone));
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// How many entries would go. How large they are is unknown, because a cache counts sizes in units of its application.
    /// </summary>
    public ReliefEstimate? Estimate(MemoryZone zone) => new(null, _caches.Value.Sum(cache => (long)(cache.Count * PartIn(zone))));

    private static double PartIn(MemoryZone zone) => zone switch
    {
        MemoryZone.Imminent => 1,
        MemoryZone.Critical => 0.5,
        _ => 0.25,
    };

    private static bool IsCache(ServiceDescriptor descriptor) =>
        descriptor.Lifetime == ServiceLifetime.Singleton
        && (descriptor.ServiceType == typeof(IMemoryCache) || descriptor.ServiceType == typeof(MemoryCache))
        && !(descriptor.IsKeyedService && descriptor.ServiceKey == KeyedService.AnyKey);

    private static IEnumerable<MemoryCache> Resolve(IServiceProvider provider, ServiceDescriptor descriptor) =>
        (descriptor.IsKeyedService, descriptor.ServiceType == typeof(MemoryCache)) switch
        {
            (true, true) => provider.GetKeyedServices<MemoryCache>(descriptor.ServiceKey),
            (true, false) => provider.GetKeyedServices<IMemoryCache>(descriptor.ServiceKey).OfType<MemoryCache>(),
            (false, true) => provider.GetServices<MemoryCache>(),
            _ => provider.GetServices<IMemoryCache>().OfType<MemoryCache>(),
        };
}
