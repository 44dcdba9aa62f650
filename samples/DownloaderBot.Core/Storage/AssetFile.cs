namespace DownloaderBot.Storage;

/// <summary>A file in transit; disposing this deletes it.</summary>
internal sealed class AssetFile(IDisk disk, string path, string name, long bytes, Action<long> moved, Action<string> release) : IDisposable
{
    private Action<string>? _release = release;

    /// <summary>Name to deliver it under: as the author chose it, as far as every receiver can take it.</summary>
    public string Name => name;

    public long Bytes => bytes;

    public MeteredStream OpenWrite()
    {
        try
        {
            return new(disk.Create(path, bytes), bytes, moved);
        }
        catch (IOException exception)
        {
            throw MeteredStream.WriteFailed(exception);
        }
    }

    public MeteredStream OpenRead() => new(disk.OpenRead(path), bytes, moved);

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke(path);
}
