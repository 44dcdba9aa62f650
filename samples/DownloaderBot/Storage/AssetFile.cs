namespace DownloaderBot.Storage;

/// <summary>A file in transit; disposing this deletes it.</summary>
internal sealed class AssetFile(IDisk disk, string path, string name, long bytes, Action<string> release) : IDisposable
{
    private Action<string>? _release = release;

    /// <summary>Display name: as the author chose it, made safe.</summary>
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
