using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryWatch.AspNetCore;

/// <summary>Gives each request a lease of the application's limiter, and answers one that gets none with 503 and a time to try again.</summary>
/// <param name="megabytes">Size of the lease; <see langword="null"/> for what requests of the same route usually need.</param>
internal sealed class HeadroomPolicy(int? megabytes) : IRateLimiterPolicy<string>
{
    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } = static (context, _) =>
    {
        var response = context.HttpContext.Response;
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after))
        {
            response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        }

        return ValueTask.CompletedTask;
    };

    public RateLimitPartition<string> GetPartition(HttpContext httpContext)
    {
        var limiter = httpContext.RequestServices.GetService<MemoryHeadroomLimiter>()
            ?? throw new InvalidOperationException(
                "A rate limiter policy with memory headroom needs a limiter. Add it with builder.Services.AddMemoryWatch().AddHeadroomLimiter().");

        // A name is from a small set, so there are few partitions.
        var name = megabytes is null ? RequestName.Of(httpContext) : string.Empty;
        return RateLimitPartition.Get(name, operation => new LeaseOfOneSize(limiter, megabytes, operation));
    }
}
