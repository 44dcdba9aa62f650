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
