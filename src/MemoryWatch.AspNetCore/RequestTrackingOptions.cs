using Microsoft.AspNetCore.Http;

namespace MemoryWatch;

/// <summary>
/// Which requests become operations, and what is told of them. The functions are called with each request, several at once: they must
/// be thread-safe and quick. One that throws is reported once; the request goes on as if it were not there.
/// </summary>
public sealed class RequestTrackingOptions
{
    private double _sampleRatio = 1;

    /// <summary>Whether a request becomes an operation; all do where absent. Endpoint and route values are known when it is asked.</summary>
    public Func<HttpContext, bool>? Filter { get; set; }

    /// <summary>
    /// Which part of the requests become operations, from 0 to 1, each by chance; 1, all of them, by default. Totals and metrics tell
    /// of those that were taken.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double SampleRatio
    {
        get => _sampleRatio;
        set => _sampleRatio = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A ratio is from 0 to 1.");
    }

    /// <summary>
    /// What a request is about, as it starts; nothing where absent, as paths, queries and users are personal data. It goes to logs and
    /// the list of what is in flight, never to metrics. <see cref="HttpContext.TraceIdentifier"/> finds the request in other logs.
    /// </summary>
    public Func<HttpContext, OperationContext>? Context { get; set; }

    /// <summary>How much is told of requests; <see cref="OperationVerbosity.Quiet"/> by default, as there may be thousands a second.</summary>
    public OperationVerbosity Verbosity { get; set; } = OperationVerbosity.Quiet;
}
