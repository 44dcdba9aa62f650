namespace DownloaderBot.Telegram.Chat;

/// <summary>The time limit of one call, which can be extended while the call makes progress.</summary>
internal sealed class CallTime : IDisposable
{
    /// <summary>A connection that accepts no data for this time is dead.</summary>
    private static readonly TimeSpan MostStall = TimeSpan.FromMinutes(2);

    /// <summary>Time from the last byte read to the answer: the system may still have to send data on a slow line.</summary>
    private static readonly TimeSpan MostRest = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A self-hosted server answers only after it has passed the file on to Telegram: at this rate or faster, in bytes per second.
    /// </summary>
    private const long PassedOnPerSecond = 1 << 20;

    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _either;

    public CallTime(TimeSpan limit, TimeProvider time, CancellationToken cancel)
    {
        _limit = new(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, cancel);
    }

    /// <summary>Canceled when the time is up, or when the caller cancels.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Restarts the time limit, for an upload that makes progress.</summary>
    /// <param name="sent">The bytes of the file that are sent.</param>
    /// <param name="length">The length of the file, in bytes.</param>
    public void ExtendUpload(long sent, long length) => _limit.CancelAfter(
        sent < length ? MostStall : MostRest + TimeSpan.FromSeconds(length / PassedOnPerSecond));

    public void Dispose()
    {
        _either.Dispose();
        _limit.Dispose();
    }
}
