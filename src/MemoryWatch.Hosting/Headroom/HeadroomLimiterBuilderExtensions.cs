using MemoryWatch.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MemoryWatch;

/// <summary>Adds the headroom limiter to a watch.</summary>
/// <example>
/// <code>
/// builder.Services.AddMemoryWatch().AddHeadroomLimiter();
///
/// app.MapPost("/convert", async (MemoryHeadroomLimiter limiter, CancellationToken cancellationToken) =>
/// {
///     using var lease = await limiter.AcquireForAsync("Convert", cancellationToken);
///     return lease.IsAcquired ? Results.Ok() : Results.StatusCode(503);
/// });
/// </code>
/// </example>
public static class HeadroomLimiterBuilderExtensions
{
    /// <summary>
    /// Adds a <see cref="MemoryHeadroomLimiter"/> for injection, as a singleton. Its settings are <see cref="MemoryWatchOptions.Headroom"/>, in
    /// configuration <c>MemoryWatch:Headroom</c>; changes apply while the program runs. It is safe to call this more than once.
    /// </summary>
    /// <param name="builder">The builder of the watch.</param>
    /// <returns>The same instance, for chaining.</returns>
    public static HostedMemoryWatchBuilder AddHeadroomLimiter(this HostedMemoryWatchBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(provider => new MemoryHeadroomLimiter(
            provider.GetRequiredService<IMemoryWatch>(),
            new HeadroomSettingsInForce(provider.GetRequiredService<IOptionsMonitor<MemoryWatchOptions>>()).Read,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILoggerFactory>()));
        return builder;
    }
}
