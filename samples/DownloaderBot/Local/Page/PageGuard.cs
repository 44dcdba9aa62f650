using System.Net;

namespace DownloaderBot.Local.Page;

/// <summary>
/// Who may use the page: a browser on this machine, by this machine's own name, from the page itself. Everybody else gets
/// the 404 of a page that does not exist.
/// </summary>
internal static class PageGuard
{
    /// <summary>Sent by the page's script with every post. Another site's cannot add it without asking first, and is not answered.</summary>
    public const string Header = "X-Local-Chat";

    private static readonly string[] Proxies = ["Forwarded", "Via", "X-Real-IP"];

    /// <summary>Put in front of all endpoints; looks only at those of the page.</summary>
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

    /// <summary>A foreign name that resolves to this machine is how a web page of somebody else's would come in.</summary>
    private static bool IsOwnName(string host) =>
        host is "127.0.0.1" or "[::1]" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>A proxy on this machine makes the whole world look like loopback.</summary>
    private static bool IsForwarded(IHeaderDictionary headers) =>
        headers.Keys.Any(name => name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase))
        || Proxies.Any(headers.ContainsKey);

    private static bool IsFromThePage(HttpRequest request) =>
        request.Headers.ContainsKey(Header)
        && (request.Headers.Origin is not [{ Length: > 0 } origin] || origin == $"{request.Scheme}://{request.Host}");

    /// <summary>Marks an endpoint of the page.</summary>
    internal sealed class Guarded;
}
