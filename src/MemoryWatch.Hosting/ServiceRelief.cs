using Microsoft.Extensions.DependencyInjection;

namespace MemoryWatch.Hosting;

/// <summary>A relief step that calls a service of the host.</summary>
/// <typeparam name="T">The service.</typeparam>
internal sealed class ServiceRelief<T> : IMemoryRelief
    where T : notnull
{
    private readonly Func<CancellationToken, Task> _relieve;

    /// <param name="relieve">Frees memory.</param>
    /// <param name="provider">The host's services.</param>
    /// <param name="lifetime">Lifetime of the service.</param>
    public ServiceRelief(Func<T, CancellationToken, Task> relieve, IServiceProvider provider, ServiceLifetime lifetime)
    {
        if (lifetime == ServiceLifetime.Singleton)
        {
            var service = provider.GetRequiredService<T>();
            _relieve = cancellationToken => relieve(service, cancellationToken);
        }
        else
        {
            _relieve = async cancellationToken =>
            {
                await using var scope = provider.CreateAsyncScope();
                await relieve(scope.ServiceProvider.GetRequiredService<T>(), cancellationToken);
            };
        }
    }

    public required string Name { get; init; }

    public required MemoryZone StartsAt { get; init; }

    public required ReliefStage Stage { get; init; }

    public required TimeSpan Cooldown { get; init; }

    public required TimeSpan TimeLimit { get; init; }

    public Task RelieveAsync(CancellationToken cancellationToken) => _relieve(cancellationToken);
}
