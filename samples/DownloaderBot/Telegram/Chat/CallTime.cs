namespace DownloaderBot.Telegram.Chat;

/// <summary>The time limit of one call, which can be extended while the call makes progress.</summary>
internal sealed class CallTime : IDisposable
{
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;

    public CallTime(TimeSpan limit, TimeProvider time, CancellationToken cancel)
    {
        _limit = new(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, cancel);
    }

    /// <summary>Canceled when the time is up, or when the caller cancels.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Restarts the time limit.</summary>
    public void Extend(TimeSpan limit) => _limit.CancelAfter(limit);

    public void Dispose()
    {
        _either.Dispose();
        _limit.Dispose();
    }
}
