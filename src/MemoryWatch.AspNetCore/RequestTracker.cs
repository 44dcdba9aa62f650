using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.AspNetCore;

/// <summary>The middleware: an operation around what comes behind it.</summary>
internal sealed partial class RequestTracker(RequestDelegate next, IMemoryWatch watch, RequestTrackingOptions options, ILogger logger)
{
    private int _faults;

    public Task InvokeAsync(HttpContext context) => watch.IsEnabled && Wants(context) ? TrackAsync(context) : next(context);

    private async Task TrackAsync(HttpContext context)
    {
        using var scope = watch.Track(RequestName.Of(context), ContextOf(context), options.Verbosity);
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
            // With the client gone, reading and writing throw what they like.
            scope.Fail(new OperationCanceledException());
        }
        else if (exception is OperationCanceledException)
        {
            // Somebody else's time limit: the client is there, and gets an error.
            scope.Fail(exception.GetType().Name);
        }
        else
        {
            scope.Fail(exception);
        }
    }

    private bool Wants(HttpContext context)
    {
        try
        {
            return (options.SampleRatio >= 1 || Random.Shared.NextDouble() < options.SampleRatio)
                && (options.Filter?.Invoke(context) ?? true);
        }
        catch (Exception exception)
        {
            // The filter is the application's: it costs an operation, never the request.
            Report(exception);
            return false;
        }
    }

    private OperationContext ContextOf(HttpContext context)
    {
        try
        {
            return options.Context?.Invoke(context) ?? default;
        }
        catch (Exception exception)
        {
            // As the filter.
            Report(exception);
            return default;
        }
    }

    private void Report(Exception exception)
    {
        if (Interlocked.Exchange(ref _faults, 1) == 0)
        {
            CallbackFault(logger, "requests", exception.GetType().Name);
        }
    }

    // Event 44 is the watch's: the same line as for activities.
    [LoggerMessage(44, LogLevel.Warning,
        "A function given for tracking {what} failed ({error}); what it was asked about is tracked without it or not at all, and this is not repeated")]
    private static partial void CallbackFault(ILogger logger, string what, string error);
}
