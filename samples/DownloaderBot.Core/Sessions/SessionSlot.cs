namespace DownloaderBot.Sessions;

/// <summary>A place for one session; guarded by the manager's lock.</summary>
internal sealed class SessionSlot(long userId)
{
    public long UserId { get; } = userId;

    /// <summary>Completes once connected; the caller that opened the slot completes it.</summary>
    public TaskCompletionSource<IUserSession> Session { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Number of current uses; a slot in use is never disconnected to free its place.</summary>
    public int Uses { get; set; }

    /// <summary>Increases with every use; the slot with the smallest value is the least recently used.</summary>
    public long LastUse { get; set; }
}

/// <summary>A session in use. Once it is disposed, the session may be disconnected to free its place.</summary>
internal sealed class SessionLease(IUserSession session, Action release) : IDisposable
{
    private Action? _release = release;

    public IUserSession Session { get; } = session;

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
