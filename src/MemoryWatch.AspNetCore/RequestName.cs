using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace MemoryWatch.AspNetCore;

/// <summary>Names requests from a set that clients cannot enlarge: never by path, and only by known methods.</summary>
internal static class RequestName
{
    private const string NoRoute = "(no route)";

    // The name that OpenTelemetry's semantic conventions use.
    private const string OtherMethod = "_OTHER";

    // Maximum length of a name that the watch keeps, in characters.
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

        // Keeps the end of a template because many templates share a beginning.
        return route.Length <= room ? $"{method} {route}" : $"{method} …{route[^(room - 1)..]}";
    }

    private static string Method(string method)
    {
        var canonical = HttpMethods.GetCanonicalizedValue(method);
        return Methods.Contains(canonical) ? canonical : OtherMethod;
    }
}
