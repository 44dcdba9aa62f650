using System.Collections.Concurrent;

namespace WebApi;

/// <summary>Keeps the thumbnails that were asked for, up to a number. Thread-safe.</summary>
internal sealed class ThumbnailCache
{
    public const int MaxCount = 500;

    private readonly ConcurrentDictionary<int, byte[]> _thumbnails = new();

    public int Count => _thumbnails.Count;

    public long Bytes => _thumbnails.Values.Sum(t => (long)t.Length);

    public byte[]? Find(int id) => _thumbnails.GetValueOrDefault(id);

    public byte[] Add(int id, byte[] thumbnail)
    {
        if (Count < MaxCount)
        {
            _thumbnails[id] = thumbnail;
        }

        return thumbnail;
    }
}
