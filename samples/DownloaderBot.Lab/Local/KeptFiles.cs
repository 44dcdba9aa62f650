namespace DownloaderBot.Local;

/// <summary>
/// The last small files that arrived, for the person who plays the users. Bounded, so that the local chat costs the same regardless of traffic;
/// larger files are only counted. Thread-safe.
/// </summary>
internal sealed class KeptFiles
{
    /// <summary>Maximum size of a file that is kept, in bytes.</summary>
    public const int MostBytes = 1 << 20;

    private const int Most = 8;

    private readonly Lock _lock = new();
    private readonly Queue<(string Sha256, byte[] Content)> _files = new();

    public void Keep(string sha256, byte[] content)
    {
        lock (_lock)
        {
            if (_files.Any(f => f.Sha256 == sha256))
            {
                return;
            }

            _files.Enqueue((sha256, content));
            if (_files.Count > Most)
            {
                _files.Dequeue();
            }
        }
    }

    public byte[]? Find(string sha256)
    {
        lock (_lock)
        {
            return _files.FirstOrDefault(f => f.Sha256 == sha256).Content;
        }
    }
}
