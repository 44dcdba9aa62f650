using System.Threading.RateLimiting;

namespace DownloaderBot.Users;

/// <summary>
/// Allows a number of calls in a row, then one per interval, separately for each user. Users without recent calls are forgotten.
/// </summary>
internal sealed class PerUserLimit(int burst, TimeSpan interval) : IDisposable
{
    private readonly PartitionedRateLimiter<long> _limiter = PartitionedRateLimiter.Create<long, long>(
        userId => RateLimitPartition.GetTokenBucketLimiter(userId, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = interval,
            QueueLimit = 0,
        }));

    public bool TryTake(long userId)
    {
        using var lease = _limiter.AttemptAcquire(userId);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
