using MemoryWatch;
using MemoryWatch.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds the memory watch to the request pipeline.</summary>
/// <example>
/// <code>
/// app.UseMemoryWatchRequests();
/// app.MapGet("/files/{id}", (int id) => new byte[id * 1024]); // appears as GET /files/{id}
/// </code>
/// </example>
public static class MemoryWatchApplicationBuilderExtensions
{
    private const string IsUsed = "MemoryWatch.Requests";

    /// <summary>
    /// Tracks every request as an operation, named by its method and route template, such as <c>GET /users/{id}</c>, or <c>GET (no route)</c> if
    /// no endpoint was found. <see cref="IMemoryWatch.TotalsByName"/> and the metrics then show how much each endpoint allocates. Requires
    /// <c>AddMemoryWatch()</c>.
    /// </summary>
    /// <param name="app">The pipeline. A second call for it, or for a branch of it, has no effect.</param>
    /// <param name="configure">
    /// Sets the filter, the sample ratio, the context and the verbosity; by default every request is tracked, without context.
    /// </param>
    /// <returns>The same instance, for chaining.</returns>
    /// <exception cref="InvalidOperationException">The services contain no memory watch.</exception>
    /// <remarks>
    /// Call it after routing, which selects the endpoint: with <c>WebApplication</c> anywhere, in a pipeline that calls <c>UseRouting()</c>
    /// itself after that call. The operation does not cover middleware that runs before it. A request fails with the exception that leaves the
    /// endpoint, or with a status of 500 or more. If the client has gone and that made the request throw, it is canceled.
    /// </remarks>
    public static IApplicationBuilder UseMemoryWatchRequests(
        this IApplicationBuilder app, Action<RequestTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (!app.Properties.TryAdd(IsUsed, true))
        {
            return app;
        }

        var options = new RequestTrackingOptions();
        configure?.Invoke(options);
        var watch = app.ApplicationServices.GetService<IMemoryWatch>()
            ?? throw new InvalidOperationException("UseMemoryWatchRequests needs a memory watch. Add it with builder.Services.AddMemoryWatch().");
        var logger = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(MemoryWatcher.LogCategory);
        return app.Use(next => new RequestTracker(next, watch, options, logger).InvokeAsync);
    }
}
