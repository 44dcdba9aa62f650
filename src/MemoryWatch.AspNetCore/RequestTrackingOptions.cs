using Microsoft.AspNetCore.Http;

namespace MemoryWatch;

/// <summary>
/// Selects which requests are tracked as operations, and how much is logged of them. The endpoint and the route values are known when the filter
/// is called; samples are chosen at random. There is no context by default because paths, queries and users are personal data. The watch writes
/// the context to logs and shows it in the list of operations in flight, never in metrics. Use <see cref="HttpContext.TraceIdentifier"/> as the
/// context to find the request in other logs.
/// </summary>
/// <example>
/// <code>
/// app.UseMemoryWatchRequests((RequestTrackingOptions options) =>
/// {
///     options.Filter = context => !context.Request.Path.StartsWithSegments("/health");
///     options.Context = context => context.TraceIdentifier;
/// });
/// </code>
/// </example>
public sealed class RequestTrackingOptions : TrackingOptions<HttpContext, HttpContext>;
