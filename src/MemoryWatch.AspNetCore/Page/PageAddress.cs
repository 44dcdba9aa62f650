using MemoryWatch.Tell;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.AspNetCore.Page;

/// <summary>Logs where the page is once the server listens.</summary>
internal static class PageAddress
{
    private static readonly string[] AnyAddress = ["0.0.0.0", "[::]", "+", "*"];

    public static async Task LogAsync(IServiceProvider services, PageMark mark, string pattern)
    {
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(MemoryWatcher.LogCategory);
        var address = Address(services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses, pattern);
        if (services.GetService<EndpointDataSource>() is { } source && IsAuthorized(source, mark))
        {
            PageLog.Address(logger, address, PageLog.Access(isAuthorized: true, isKeyConfigured: false));
            return;
        }

        var key = await mark.Gate.KeyAsync().ConfigureAwait(false);
        if (key.Problem is { } problem)
        {
            PageLog.KeyNotKept(logger, problem);
        }

        PageLog.Address(
            logger, key.IsConfigured ? address : $"{address}#key={key.Text}", PageLog.Access(isAuthorized: false, key.IsConfigured));
    }

    /// <summary>An address that a browser on this machine can open, or the path alone if the server has none.</summary>
    public static string Address(ICollection<string>? addresses, string pattern)
    {
        var path = $"/{pattern.Trim('/')}";
        if (addresses?.FirstOrDefault() is not { } first)
        {
            return path;
        }

        foreach (var any in AnyAddress)
        {
            first = first.Replace($"//{any}", "//localhost", StringComparison.Ordinal);
        }

        return first.TrimEnd('/') + path;
    }

    private static bool IsAuthorized(EndpointDataSource source, PageMark mark) => source.Endpoints
        .Where(endpoint => endpoint.Metadata.GetMetadata<PageMark>() == mark)
        .Select(mark.Gate.IsAuthorized)
        .DefaultIfEmpty(false)
        .All(isAuthorized => isAuthorized);
}
