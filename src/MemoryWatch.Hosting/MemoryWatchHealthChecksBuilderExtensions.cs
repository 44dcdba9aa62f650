using MemoryWatch;
using MemoryWatch.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the memory watch to health checks.</summary>
public static class MemoryWatchHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that is degraded from the critical zone on and unhealthy from the imminent one, with the numbers in its
    /// data. Adds the memory watch too, if it was not added yet.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name; <c>memory</c> by default.</param>
    /// <param name="tags">Its tags; <c>ready</c> by default.</param>
    /// <returns>The health checks.</returns>
    /// <remarks>
    /// For <b>readiness</b> only: "send me no more work". On a liveness probe, or on the one check that hosts such as Render restart
    /// by, it would make the watch the killer: a process that might have recovered is ended, with all its work in flight.
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
