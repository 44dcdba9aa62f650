using System.Diagnostics.Metrics;
using MemoryWatch;
using MemoryWatch.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the memory watch to a host.</summary>
public static class MemoryWatchServiceCollectionExtensions
{
    /// <summary>
    /// Adds the memory watch: <see cref="IMemoryWatch"/> for injection, started before the host's other services and stopped
    /// after them. Safe to call more than once: every call's settings and plug-ins count.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">
    /// Changes settings. The configuration section <c>MemoryWatch</c> has the last word, so that an operator can change what the
    /// program says; it is reloaded while the program runs.
    /// </param>
    /// <returns>A builder for metrics, detectors, reliefs and observers.</returns>
    /// <remarks>
    /// Settings are checked when the host starts: one that is not allowed stops the start with an
    /// <see cref="OptionsValidationException"/> that names it, its value and what is allowed. Later changes that are not
    /// allowed are refused with a line in the log.
    /// </remarks>
    public static MemoryWatchBuilder AddMemoryWatch(this IServiceCollection services, Action<MemoryWatchOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<MemoryWatchOptions>, ConfigurationBinding>(
                provider => new(provider.GetService<IConfiguration>())));
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<MemoryWatchOptions>, ContentRootPaths>(
                provider => new(provider.GetService<IHostEnvironment>())));
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IOptionsChangeTokenSource<MemoryWatchOptions>, ConfigurationReload>(
                provider => new(provider.GetService<IConfiguration>())));
        services.TryAddSingleton(provider => new MemoryWatcher(
            provider.GetRequiredService<IOptionsMonitor<MemoryWatchOptions>>().CurrentValue,
            provider.GetService<ILoggerFactory>(),
            provider.GetService<TimeProvider>(),
            provider.GetService<IMeterFactory>()));
        services.TryAddSingleton<IMemoryWatch>(provider => provider.GetRequiredService<MemoryWatcher>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MemoryWatchService>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return new(services);
    }
}
