namespace DownloaderBot.Storage;

internal sealed class Disk : IDisk
{
    public long FreeBytes(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    // Because the space is requested at once, a full disk fails before the first byte is downloaded.
    public Stream Create(string path, long expectedBytes) => new FileStream(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        Options = FileOptions.Asynchronous,
        PreallocationSize = expectedBytes,
        BufferSize = 0,
    });

    public Stream OpenRead(string path) => new FileStream(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        BufferSize = 0,
    });
}

/// <summary>The disk operations that the store needs; a test's disk can be full.</summary>
internal interface IDisk
{
    /// <summary>Returns the free bytes of the disk that contains a folder.</summary>
    long FreeBytes(string folder);

    /// <summary>Creates a file that must not exist, with space for <paramref name="expectedBytes"/>.</summary>
    Stream Create(string path, long expectedBytes);

    Stream OpenRead(string path);
}
