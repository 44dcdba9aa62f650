using MemoryWatch.AspNetCore.Page;
using MemoryWatch.Tell;
using MemoryWatch.Track;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.AspNetCore;

/// <summary>The middleware: tracks the rest of the pipeline as an operation.</summary>
internal sealed class RequestTracker(RequestDelegate next, IMemoryWatch watch, RequestTrackingOptions options, ILogger logger)
{
    private readonly TrackingGuard<HttpContext, HttpContext> _guard =
        new(options, exception => TrackingLog.CallbackFault(logger, "requests", exception.GetType().Name));

    public Task InvokeAsync(HttpContext context) => watch.IsEnabled && Wants(context) ? TrackAsync(context) : next(context);

    private async Task TrackAsync(HttpContext context)
    {
        using var scope = watch.Track(RequestName.Of(context), _guard.ContextOf(context), options.Verbosity);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(scope, context, exception);
            throw;
        }

        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            scope.Fail($"HTTP {context.Response.StatusCode}");
        }
    }

    private static void Fail(OperationScope scope, HttpContext context, Exception exception)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            // If the client has gone, reads and writes throw various exceptions.
            scope.Fail(new OperationCanceledException());
        }
        else if (exception is OperationCanceledException)
        {
            // Another time limit: the client is still connected and gets an error.
            scope.Fail(exception.GetType().Name);
        }
        else
        {
            scope.Fail(exception);
        }
    }

    private bool Wants(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<PageMark>() is null
        && (options.SampleRatio >= 1 || Random.Shared.NextDouble() < options.SampleRatio) && _guard.Wants(context);
}
