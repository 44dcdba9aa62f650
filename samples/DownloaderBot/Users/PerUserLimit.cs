using System.Threading.RateLimiting;

namespace DownloaderBot.Users;

/// <summary>So many times in a row, then once per interval, for each user by themselves. Users who rest are forgotten.</summary>
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
