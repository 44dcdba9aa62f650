using MemoryWatch;
using MemoryWatch.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the memory watch to health checks.</summary>
/// <example>
/// <code>
/// builder.Services.AddHealthChecks().AddMemoryWatch();
///
/// app.MapHealthChecks("/ready", new() { Predicate = check => check.Tags.Contains("ready") });
/// </code>
/// </example>
public static class MemoryWatchHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that is degraded in the critical zone and unhealthy in the imminent zone. Its data contain the zone, and used, limit,
    /// available and resident bytes. Also adds the memory watch if it was not added yet.
    /// </summary>
    /// <param name="builder">The builder of the health checks.</param>
    /// <param name="name">Name of the check; <c>memory</c> by default.</param>
    /// <param name="tags">Tags of the check; <c>ready</c> by default.</param>
    /// <returns>The same instance, for chaining.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <remarks>
    /// Use it for <b>readiness</b> only: it means "send me no more work". On a liveness probe, or on the single check by which hosts such as
    /// Render restart a service, it would cause kills: the host would end a process that might have recovered, with all its work in flight.
    /// </remarks>
    public static IHealthChecksBuilder AddMemoryWatch(
        this IHealthChecksBuilder builder, string name = "memory", IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        builder.Services.AddMemoryWatch();
        return builder.Add(new(
            name,
            provider => new MemoryWatchHealthCheck(provider.GetRequiredService<IMemoryWatch>()),
            failureStatus: null,
            tags ?? ["ready"]));
    }
}
