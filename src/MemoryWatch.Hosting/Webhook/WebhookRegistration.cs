using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MemoryWatch.Hosting.Webhook;

/// <summary>Adds the webhook to a host: an observer of the watch, and the service that sends what it leaves. Further calls only add settings.</summary>
internal static class WebhookRegistration
{
    public static void Add(HostedMemoryWatchBuilder builder, Action<WebhookOptions>? configure)
    {
        var services = builder.Services;
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(service => service.ServiceType == typeof(WebhookObserver)))
        {
            return;
        }

        services.AddOptions<WebhookOptions>();
        services.AddSingleton(provider => new WebhookObserver(
            WebhookSettings.Read(provider.GetService<IConfiguration>(), provider.GetRequiredService<IOptions<WebhookOptions>>().Value),
            () => provider.GetRequiredService<IMemoryWatch>().PreviousRun,
            provider.GetService<IHostEnvironment>()));
        builder.AddObserver(provider => provider.GetRequiredService<WebhookObserver>());
        services.AddSingleton<IHostedService>(provider => new WebhookSender(
            provider.GetRequiredService<WebhookObserver>(),
            provider.GetService<ILoggerFactory>()?.CreateLogger(MemoryWatcher.LogCategory) ?? NullLogger.Instance,
            provider.GetService<TimeProvider>() ?? TimeProvider.System));
    }
}
