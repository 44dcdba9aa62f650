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
/// <example>
/// <code>
/// builder.Services.AddMemoryWatch(options => options.Limit = "512MB");
/// </code>
/// </example>
public static class MemoryWatchServiceCollectionExtensions
{
    /// <summary>
    /// Adds the memory watch: <see cref="IMemoryWatch"/> for injection, started before the host's other services and stopped after them. It is
    /// safe to call this more than once: the settings and plug-ins of all calls apply.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">
    /// Changes settings. The configuration section <c>MemoryWatch</c> is applied later and takes precedence, so that an operator can override the
    /// program; it is reloaded while the program runs.
    /// </param>
    /// <returns>
    /// The builder for settings, metrics, detectors, reliefs, observers, activities and the black box; all calls return the same one.
    /// </returns>
    /// <remarks>
    /// The settings are checked when the host starts. If one is not allowed, the start fails with an <see cref="OptionsValidationException"/>
    /// that contains its name, its value and the allowed values. If a later change is not allowed, the watch refuses it and logs the reason.
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
        services.TryAddSingleton(provider => new MisplacedSettings(provider.GetService<IConfiguration>(), provider.GetService<ILoggerFactory>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MemoryWatchService>());
        return builder;
    }

    /// <summary>Returns one builder for all calls, so that their plug-ins have one order.</summary>
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
