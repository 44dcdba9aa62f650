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
    /// <returns>The builder: for settings, metrics, detectors, reliefs, observers, activities and the black box.</returns>
    /// <remarks>
    /// Settings are checked when the host starts: one that is not allowed stops the start with an
    /// <see cref="OptionsValidationException"/> that names it, its value and what is allowed. Later changes that are not
    /// allowed are refused with a line in the log.
    /// </remarks>
    public static HostedMemoryWatchBuilder AddMemoryWatch(this IServiceCollection services, Action<MemoryWatchOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var builder = BuilderOf(services);
        if (configure is not null)
        {
            builder.Configure(configure);
        }

        services.AddOptions();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<MemoryWatchOptions>, BuilderOptions>());
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
        return builder;
    }

    /// <summary>One for all calls, so that what each of them adds is in one order.</summary>
    private static HostedMemoryWatchBuilder BuilderOf(IServiceCollection services)
    {
        if (services.Select(d => d.IsKeyedService ? null : d.ImplementationInstance).OfType<HostedMemoryWatchBuilder>().FirstOrDefault() is { } known)
        {
            return known;
        }

        var builder = new HostedMemoryWatchBuilder(services);
        services.AddSingleton(builder);
        return builder;
    }
}
