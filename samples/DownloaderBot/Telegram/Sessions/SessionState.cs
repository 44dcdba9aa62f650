namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// What the library wants kept of a session, as it changes. Called by the library under a lock of its own.
/// </summary>
/// <param name="start">What was kept before; null for a new session.</param>
/// <param name="keep">Keeps it for good; null where nothing is to be kept yet.</param>
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
                // A client that was given up may still write, over what its successor or a new login has written.
                return;
            }

            _latest = session;
            Keep();
        }
    }

    /// <summary>
    /// Keeps nothing for now. The library saves a data centre before it has agreed on a key with it, and cannot read such a
    /// session again: a process killed in that moment would have lost the login.
    /// </summary>
    public void Hold()
    {
        lock (_lock)
        {
            _holds++;
        }
    }

    /// <summary>Keeps what has come up meanwhile.</summary>
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
