namespace DownloaderBot.Telegram.Sessions;

/// <summary>The session data that the library saves, as they change. The library calls it under its lock.</summary>
/// <param name="start">The saved session; <see langword="null"/> for a new one.</param>
/// <param name="keep">Stores the session permanently; <see langword="null"/> if nothing is to be stored yet.</param>
internal sealed class SessionState(byte[]? start, Action<byte[]>? keep)
{
    private readonly Lock _lock = new();
    private byte[]? _latest = start;
    private byte[]? _kept = start;
    private int _holds;
    private bool _isOver;

    public byte[]? Latest { get { lock (_lock) { return _latest; } } }

    public void Save(byte[] session)
    {
        lock (_lock)
        {
            if (_isOver)
            {
                // An abandoned client may still write, and must not overwrite what its successor or a new login has written.
                return;
            }

            _latest = session;
            Keep();
        }
    }

    /// <summary>
    /// Stops storing for now. The library saves a data center before it has agreed on a key with it, and cannot read such a session again: if the
    /// process were killed at that moment, the login would be lost.
    /// </summary>
    public void Hold()
    {
        lock (_lock)
        {
            _holds++;
        }
    }

    /// <summary>Stores what has changed meanwhile.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _holds--;
            Keep();
        }
    }

    public void End()
    {
        lock (_lock)
        {
            _isOver = true;
        }
    }

    private void Keep()
    {
        // Often nothing has changed, and a write waits for the disk.
        if (_holds > 0 || _isOver || keep is null || _latest is not { } latest || latest.AsSpan().SequenceEqual(_kept))
        {
            return;
        }

        keep(latest);
        _kept = latest;
    }
}
