namespace DownloaderBot.Telegram.Chat;

/// <summary>The time that one call has; one that shows that it gets on can have more.</summary>
internal sealed class CallTime : IDisposable
{
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;

    public CallTime(TimeSpan limit, TimeProvider time, CancellationToken cancel)
    {
        _limit = new(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, cancel);
    }

    /// <summary>Cancelled when the time is up, or whoever waits for the call has given up.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Starts the limit anew.</summary>
    public void Extend(TimeSpan limit) => _limit.CancelAfter(limit);

    public void Dispose()
    {
        _either.Dispose();
        _limit.Dispose();
    }
}
