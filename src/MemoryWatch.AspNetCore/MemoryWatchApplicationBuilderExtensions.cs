using MemoryWatch;
using MemoryWatch.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds the memory watch to the request pipeline.</summary>
public static class MemoryWatchApplicationBuilderExtensions
{
    private const string IsUsed = "MemoryWatch.Requests";

    /// <summary>
    /// Makes an operation of every request, named by its method and route template, such as <c>GET /users/{id}</c>, or
    /// <c>GET (no route)</c> where no endpoint was found: <see cref="IMemoryWatch.TotalsByName"/> and the metrics then tell what each
    /// endpoint allocates. It needs <c>AddMemoryWatch()</c>.
    /// </summary>
    /// <param name="app">The pipeline. A second call for it, or for a branch of it, changes nothing.</param>
    /// <param name="configure">Filters, samples, and says what is told; neither filtered nor sampled by default.</param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="InvalidOperationException">There is no memory watch among the services.</exception>
    /// <remarks>
    /// Its place is behind routing, which finds the endpoint: with <c>WebApplication</c> anywhere, in a pipeline that calls
    /// <c>UseRouting()</c> itself behind that. What runs before it is not in the operation. A request fails with the exception
    /// that leaves the endpoint, or with a status of 500 or more; it is cancelled where the client has gone and that made it throw.
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
