namespace DownloaderBot.Storage;

/// <summary>The disk operations that the store needs; a test's disk can be full.</summary>
internal interface IDisk
{
    /// <summary>Returns the free bytes of the disk that contains a folder.</summary>
    long FreeBytes(string folder);

    /// <summary>Creates a file that must not exist, with space for <paramref name="expectedBytes"/>.</summary>
    Stream Create(string path, long expectedBytes);

    Stream OpenRead(string path);
}
