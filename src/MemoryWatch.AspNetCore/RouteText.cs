using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace MemoryWatch.AspNetCore;

/// <summary>Returns the route template of an endpoint as it was written, with a slash before it.</summary>
internal static class RouteText
{
    /// <returns>The template; <see langword="null"/> if the endpoint has none.</returns>
    public static string? Of(Endpoint endpoint) => endpoint is RouteEndpoint { RoutePattern: var pattern }
        ? "/" + Text(pattern).TrimStart('/')
        : null;

    // All actions of a conventional route, {controller}/{action}, share its text; the values that each action requires distinguish them.
    private static string Text(RoutePattern pattern) =>
        pattern.RawText is { } text && !pattern.Parameters.Any(p => Required(pattern, p) is not null)
            ? text
            : string.Join('/', pattern.PathSegments.Select(segment => Text(pattern, segment)));

    private static string Text(RoutePattern pattern, RoutePatternPathSegment segment)
    {
        var text = new StringBuilder();
        foreach (var part in segment.Parts)
        {
            text.Append(part switch
            {
                RoutePatternLiteralPart literal => literal.Content,
                RoutePatternSeparatorPart separator => separator.Content,
                RoutePatternParameterPart parameter => Required(pattern, parameter) ?? Text(parameter),
                _ => string.Empty,
            });
        }

        return text.ToString();
    }

    private static string Text(RoutePatternParameterPart parameter) =>
        $"{{{(parameter.IsCatchAll ? "*" : string.Empty)}{parameter.Name}{(parameter.IsOptional ? "?" : string.Empty)}}}";

    private static string? Required(RoutePattern pattern, RoutePatternParameterPart parameter) =>
        pattern.RequiredValues.TryGetValue(parameter.Name, out var value) && value is string { Length: > 0 } text ? text : null;
}
