namespace DownloaderBot.Storage;

/// <summary>A file on its way through; it is gone when this is disposed.</summary>
internal sealed class AssetFile(IDisk disk, string path, string name, long bytes, Action<string> release) : IDisposable
{
    private Action<string>? _release = release;

    /// <summary>The name to show: as the author chose it, made harmless.</summary>
    public string Name => name;

    public long Bytes => bytes;

    public MeteredFileStream OpenWrite()
    {
        try
        {
            return new(disk.Create(path, bytes), bytes);
        }
        catch (IOException exception)
        {
            throw MeteredFileStream.WriteFailed(exception);
        }
    }

    public Stream OpenRead() => disk.OpenRead(path);

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke(path);
}
