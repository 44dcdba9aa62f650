using System.Threading.RateLimiting;

namespace MemoryWatch.Hosting;

/// <summary>A request that waits for memory.</summary>
internal sealed class HeadroomRequest(long bytes, long since, TimeSpan timeLimit)
{
    // Whoever waits must not run under the lock, or on the thread that gave memory back.
    private readonly TaskCompletionSource<RateLimitLease> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Bytes => bytes;

    /// <summary>Timestamp at which it began to wait.</summary>
    public long Since => since;

    public TimeSpan TimeLimit => timeLimit;

    public Task<RateLimitLease> Answered => _answer.Task;

    public void Answer(RateLimitLease lease) => _answer.TrySetResult(lease);

    public void Cancel(CancellationToken cancellationToken) => _answer.TrySetCanceled(cancellationToken);
}
