namespace DownloaderBot.Storage;

/// <summary>What the store needs of a disk; a test's can be full.</summary>
internal interface IDisk
{
    /// <summary>Bytes that can still be written to the disk that holds a folder.</summary>
    long FreeBytes(string folder);

    /// <summary>Creates a file that must not exist, with room for <paramref name="expectedBytes"/>.</summary>
    Stream Create(string path, long expectedBytes);

    Stream OpenRead(string path);
}
