using System.Threading.RateLimiting;

namespace MemoryWatch.AspNetCore;

/// <summary>
/// Asks the application's limiter for the memory of one request when the middleware asks for one permit. Disposing it leaves that limiter alone.
/// </summary>
internal sealed class LeaseOfOneSize(MemoryHeadroomLimiter limiter, int? megabytes, string operation) : RateLimiter
{
    public override TimeSpan? IdleDuration => null;

    public override RateLimiterStatistics? GetStatistics() => limiter.GetStatistics();

    protected override RateLimitLease AttemptAcquireCore(int permitCount) =>
        megabytes is { } size ? limiter.AttemptAcquire(size * permitCount) : limiter.AttemptAcquireFor(operation);

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        megabytes is { } size ? limiter.AcquireAsync(size * permitCount, cancellationToken) : limiter.AcquireForAsync(operation, cancellationToken);
}
