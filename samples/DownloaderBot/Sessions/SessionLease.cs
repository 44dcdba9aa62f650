namespace DownloaderBot.Sessions;

/// <summary>A session in use; dispose to let it be disconnected again when room is needed.</summary>
internal sealed class SessionLease(IUserSession session, Action release) : IDisposable
{
    private Action? _release = release;

    public IUserSession Session { get; } = session;

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
