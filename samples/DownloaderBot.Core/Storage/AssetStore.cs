using DownloaderBot.Logging;
using MemoryWatch;

namespace DownloaderBot.Storage;

/// <summary>The folder for files on their way to the chat. Thread-safe.</summary>
internal sealed class AssetStore
{
    /// <summary>Free space left for other uses, such as logs and the database.</summary>
    private const long SpareBytes = 32L << 20;

    private const int IdLength = 32;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _inUse = [];
    private readonly IDisk _disk;
    private readonly TimeProvider _time;
    private readonly ILogger<AssetStore> _logger;
    private readonly long _quotaBytes;
    private long _moves;

    public AssetStore(
        BotOptions options, IHostEnvironment environment, IDisk disk, TimeProvider time, ILogger<AssetStore> logger)
    {
        (_disk, _time, _logger) = (disk, time, logger);
        _quotaBytes = MemorySize.Parse(options.AssetsQuota).Bytes;
        Folder = options.AssetsPath(environment);
        Directory.CreateDirectory(Folder);
    }

    public string Folder { get; }

    /// <summary>Number of files in transit, and the space reserved for them.</summary>
    public (int Files, long Bytes) InTransit { get { lock (_lock) { return (_inUse.Count, _inUse.Values.Sum()); } } }

    /// <summary>How often bytes of any file were written or read so far; it stands still if no file makes progress.</summary>
    public long Moves => Volatile.Read(ref _moves);

    /// <summary>Reserves space for a file, whose name on the disk is the store's. Disposing the result deletes the file and releases the space.</summary>
    /// <exception cref="StorageException">There is not enough space.</exception>
    public AssetFile Reserve(string name, long bytes)
    {
        if (bytes > _quotaBytes)
        {
            throw new StorageException(
                $"The file is {Text.Megabytes(bytes)}; I can take at most {Text.Megabytes(_quotaBytes)}.");
        }

        var path = Path.Combine(Folder, $"{Guid.NewGuid():N}.part");
        lock (_lock)
        {
            var left = Leftovers().Sum(f => f.Length);
            if (_inUse.Values.Sum() + left + bytes > _quotaBytes || _disk.FreeBytes(Folder) < bytes + SpareBytes)
            {
                throw new StorageException("I have no room for this file just now. Please try again in a few minutes.");
            }

            _inUse.Add(path, bytes);
        }

        return new(_disk, path, FileNames.Clean(name), bytes, _ => Interlocked.Increment(ref _moves), Release);
    }

    /// <summary>Deletes files that are not in use; returns their number.</summary>
    /// <param name="age">Only files that were not written to for this time; all of them if <see langword="null"/>.</param>
    public int DeleteLeftovers(TimeSpan? age = null)
    {
        var edge = age is { } time ? (_time.GetUtcNow() - time).UtcDateTime : DateTime.MaxValue;
        lock (_lock)
        {
            return Leftovers().Where(f => f.LastWriteTimeUtc < edge).ToList().Count(f => TryDelete(f.FullName));
        }
    }

    private IEnumerable<FileInfo> Leftovers() =>
        new DirectoryInfo(Folder).EnumerateFiles().Where(f => IsOwn(f.Name) && !_inUse.ContainsKey(f.FullName));

    /// <summary>Whether the store gave a file its name. Whatever else is in the folder stays.</summary>
    private static bool IsOwn(string name) => name.Length > IdLength && Guid.TryParseExact(name.AsSpan(0, IdLength), "N", out _);

    private void Release(string path)
    {
        TryDelete(path);
        lock (_lock)
        {
            _inUse.Remove(path);
        }
    }

    private bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The cleanup tries again later.
            _logger.NotDeleted(Path.GetFileName(path), exception.Message);
            return false;
        }
    }
}

/// <summary>The file cannot be stored: the quota or the disk is full, or a write failed.</summary>
internal sealed class StorageException(string reply, Exception? inner = null) : BotException(reply, inner);
