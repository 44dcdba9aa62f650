using System.Net;

namespace DownloaderBot.Local.Page;

/// <summary>
/// Limits the page to a browser on this machine that uses this machine's name and comes from the page itself. All other requests get the 404 of a
/// page that does not exist.
/// </summary>
internal static class PageGuard
{
    /// <summary>
    /// Header that the page's script sends with every post. A script of another site can add it only after a preflight request, which the bot
    /// does not answer.
    /// </summary>
    public const string Header = "X-Local-Chat";

    private static readonly string[] Proxies = ["Forwarded", "Via", "X-Real-IP"];

    /// <summary>Runs before all endpoints; checks only those of the page.</summary>
    public static Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Guarded>() is null)
        {
            return next(context);
        }

        if (Allows(context))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static bool Allows(HttpContext context) =>
        IsLoopback(context.Connection.RemoteIpAddress)
        && IsOwnName(context.Request.Host.Host)
        && !IsForwarded(context.Request.Headers)
        && (HttpMethods.IsGet(context.Request.Method) || IsFromThePage(context.Request));

    private static bool IsLoopback(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    /// <summary>Another site's page could reach the bot through a foreign name that resolves to this machine.</summary>
    private static bool IsOwnName(string host) =>
        host is "127.0.0.1" or "[::1]" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Behind a proxy on this machine, all requests seem to come from loopback.</summary>
    private static bool IsForwarded(IHeaderDictionary headers) =>
        headers.Keys.Any(name => name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase))
        || Proxies.Any(headers.ContainsKey);

    private static bool IsFromThePage(HttpRequest request) =>
        request.Headers.ContainsKey(Header)
        && (request.Headers.Origin is not [{ Length: > 0 } origin] || origin == $"{request.Scheme}://{request.Host}");

    /// <summary>Marks an endpoint of the page.</summary>
    internal sealed class Guarded;
}
