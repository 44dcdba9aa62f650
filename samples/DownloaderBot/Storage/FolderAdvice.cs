namespace DownloaderBot.Storage;

/// <summary>Advice for the cases in which the file system of one of the bot's folders causes problems.</summary>
internal static class FolderAdvice
{
    private static readonly string[] InMemory = ["tmpfs", "ramfs"];

    // The file systems of a container's layers: their files are lost with the container. The name depends on the API that reports it.
    private static readonly string[] OfTheContainer = ["overlay", "overlayfs", "aufs"];

    /// <param name="data">The folder of persistent data.</param>
    /// <param name="assets">The folder for files in transit.</param>
    /// <param name="fileSystem">Returns the type of file system of a folder; <see langword="null"/> if it is unknown.</param>
    public static IEnumerable<string> For(string data, string assets, Func<string, string?> fileSystem)
    {
        if (OfTheContainer.Concat(InMemory).Contains(fileSystem(data)))
        {
            yield return $"{data} is not on a persistent disk: after a new deployment users, their sessions and the black box are lost. "
                + "Mount a disk there.";
        }

        if (InMemory.Contains(fileSystem(assets)))
        {
            yield return $"{assets} is in memory, so each file that passes through it counts against the limit. "
                + "Set Bot:AssetsFolder to a folder on a disk.";
        }
    }

    /// <summary>Returns the type of file system of a folder, or of the place where it would be created.</summary>
    public static string? FileSystemOf(string folder)
    {
        try
        {
            var existing = folder;
            while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
            {
                existing = parent;
            }

            return new DriveInfo(existing).DriveFormat;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
