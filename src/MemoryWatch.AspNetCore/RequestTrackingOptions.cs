using Microsoft.AspNetCore.Http;

namespace MemoryWatch;

/// <summary>
/// Which requests become operations, and what is told of them. Endpoint and route values are known when the filter is asked; a sample is taken
/// by chance. There is no context by default, as paths, queries and users are personal data: it goes to logs and the list of what is in
/// flight, never to metrics. <see cref="HttpContext.TraceIdentifier"/> finds the request in other logs.
/// </summary>
public sealed class RequestTrackingOptions : TrackingOptions<HttpContext, HttpContext>;
