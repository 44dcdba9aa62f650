using MemoryWatch.AspNetCore.Page.Access;
using MemoryWatch.AspNetCore.Page.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MemoryWatch.AspNetCore.Page;

/// <summary>
/// Puts the page together. Every request passes <see cref="PageGate"/> first; <see cref="PageData"/> makes the answers;
/// <see cref="LiveFeed"/> sends what is new.
/// </summary>
internal static class MemoryPage
{
    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string pattern, Action<MemoryPageOptions>? configure)
    {
        var services = endpoints.ServiceProvider;
        var options = PageSettings.Read(services.GetService<IConfiguration>(), configure);
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var gate = new PageGate(
            () => KeyAsync(options, services),
            options.AllowLoopback,
            !services.GetRequiredService<IOptions<RouteOptions>>().Value.SuppressCheckForUnhandledSecurityMetadata,
            time);
        var data = new PageData(services.GetRequiredService<IMemoryWatch>(), options.ShowContext, time);
        var feed = new LiveFeed(new LiveSource(data), time);
        var mark = new PageMark(gate, feed);
        var group = new PageEndpoints(gate, data, feed).Map(endpoints, pattern).WithMetadata(mark);
        if (services.GetService<IHostApplicationLifetime>() is { } lifetime)
        {
            lifetime.ApplicationStopping.Register(feed.Dispose);
            lifetime.ApplicationStarted.Register(() => _ = PageAddress.LogAsync(services, mark, pattern));
        }

        return group;
    }

    private static Task<AccessKey> KeyAsync(MemoryPageOptions options, IServiceProvider services) =>
        options.AccessKey is { Length: > 0 } key
            ? Task.FromResult(new AccessKey(key, isConfigured: true))
            : KeyFile.ReadOrCreateAsync(services.GetService<IOptionsMonitor<MemoryWatchOptions>>()?.CurrentValue.BlackBox.Path);
}
