namespace DownloaderBot.Sessions;

/// <summary>A session in use. Once it is disposed, the session may be disconnected to free its place.</summary>
internal sealed class SessionLease(IUserSession session, Action release) : IDisposable
{
    private Action? _release = release;

    public IUserSession Session { get; } = session;

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
