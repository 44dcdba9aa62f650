using DownloaderBot.Sessions;

namespace DownloaderBot.Logins;

/// <summary>A user's login from /login to its end. Only the holder of the turn calls the platform.</summary>
internal sealed class PendingLogin : IAsyncDisposable
{
    private readonly CancellationTokenSource _life;

    public PendingLogin(long userId, int attempts, TimeSpan timeout, TimeProvider time)
    {
        (UserId, AttemptsLeft) = (userId, attempts);
        _life = new(timeout, time);
        Ended = _life.Token;
    }

    public long UserId { get; }

    /// <summary>The platform's login; set once the platform has sent its code.</summary>
    public IUserLogin? Platform { get; set; }

    public int AttemptsLeft { get; set; }

    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Canceled when the time is up or the login is ended.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Waits for the holder of the turn; called by the code that removed the login from the list.</summary>
    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync();
        await Turn.WaitAsync();
        try
        {
            if (Platform is { } platform)
            {
                await platform.DisposeAsync();
            }
        }
        finally
        {
            // Lets a waiting caller continue, which then finds that the login has ended.
            Turn.Release();
            _life.Dispose();
        }
    }
}
