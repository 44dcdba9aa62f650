using System.Net;
using Microsoft.AspNetCore.Http;

namespace MemoryWatch.AspNetCore.Page.Access;

/// <summary>
/// Recognizes a request that a browser or a script on this machine sends to it directly. A proxy on the machine, a name of somebody else's that
/// resolves to it (DNS rebinding), and a page of another site are none.
/// </summary>
internal static class DirectRequest
{
    // X-Original-For and the like are what the middleware for forwarded headers leaves of those that it has applied.
    private static readonly string[] ProxyPrefixes = ["X-Forwarded-", "X-Original-", "CF-", "X-Amzn-", "Fly-"];

    private static readonly string[] ProxyHeaders =
    [
        "Forwarded", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "True-Client-IP", "X-ProxyUser-Ip", "CDN-Loop", "X-Request-Start",
    ];

    public static bool Is(HttpContext context) =>
        IsLoopback(context.Connection.RemoteIpAddress)
        && IsLoopbackName(context.Request.Host.Host)
        && !IsForwarded(context.Request)
        && !IsFromAnotherSite(context.Request);

    /// <summary>Whether a host's name always leads to the machine of the browser itself.</summary>
    public static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IsLoopback(address));

    private static bool IsLoopback(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    /// <summary>No browser speaks HTTP/1.0, but some proxies do, and add no header.</summary>
    private static bool IsForwarded(HttpRequest request) =>
        HttpProtocol.IsHttp10(request.Protocol)
        || request.Headers.Keys.Any(name =>
            ProxyHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)
            || Array.Exists(ProxyPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));

    /// <summary>
    /// An application may let pages of other sites read its answers (CORS); it did not mean this page. Following a link to the page is fine.
    /// </summary>
    private static bool IsFromAnotherSite(HttpRequest request)
    {
        if (request.Headers.Origin is [{ Length: > 0 } origin] && origin != $"{request.Scheme}://{request.Host}")
        {
            return true;
        }

        return request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none")
            && request.Headers["Sec-Fetch-Dest"].ToString() != "document";
    }
}
