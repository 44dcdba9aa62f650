using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace MemoryWatch.AspNetCore;

/// <summary>
/// Names requests from a set that clients cannot enlarge: never by the path, and by methods only that are known.
/// </summary>
internal static class RequestName
{
    private const string NoRoute = "(no route)";

    // As the semantic conventions of OpenTelemetry call it.
    private const string OtherMethod = "_OTHER";

    // What the watch keeps of a name.
    private const int MaxLength = 64;

    private static readonly HashSet<string> Methods = new(StringComparer.Ordinal)
    {
        HttpMethods.Connect, HttpMethods.Delete, HttpMethods.Get, HttpMethods.Head, HttpMethods.Options,
        HttpMethods.Patch, HttpMethods.Post, HttpMethods.Put, HttpMethods.Trace,
    };

    private static readonly ConditionalWeakTable<Endpoint, string> Routes = [];

    public static string Of(HttpContext context)
    {
        var method = Method(context.Request.Method);
        var route = context.GetEndpoint() is { } endpoint ? Routes.GetValue(endpoint, static e => RouteText.Of(e) ?? NoRoute) : NoRoute;
        var room = MaxLength - method.Length - 1;

        // The end of a template tells more than its beginning, which many share.
        return route.Length <= room ? $"{method} {route}" : $"{method} …{route[^(room - 1)..]}";
    }

    private static string Method(string method)
    {
        var canonical = HttpMethods.GetCanonicalizedValue(method);
        return Methods.Contains(canonical) ? canonical : OtherMethod;
    }
}
