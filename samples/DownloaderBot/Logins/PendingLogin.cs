using DownloaderBot.Sessions;

namespace DownloaderBot.Logins;

/// <summary>A user's login from /login to its end. One who holds the turn talks to the platform.</summary>
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

    /// <summary>Set once the platform has sent its code.</summary>
    public IUserLogin? Platform { get; set; }

    public int AttemptsLeft { get; set; }

    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Cancelled when the time is up or somebody ends the login.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Waits for the one who talks to the platform; called by the one who took the login off the list.</summary>
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
            // To somebody who still waits: they find that it has ended.
            Turn.Release();
            _life.Dispose();
        }
    }
}
