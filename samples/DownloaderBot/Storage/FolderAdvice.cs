namespace DownloaderBot.Storage;

/// <summary>What the file systems under the bot's folders mean for it, where that is trouble.</summary>
internal static class FolderAdvice
{
    private static readonly string[] InMemory = ["tmpfs", "ramfs"];

    // The layers of a container: what is written there goes with it. The name depends on who is asked for it.
    private static readonly string[] OfTheContainer = ["overlay", "overlayfs", "aufs"];

    /// <param name="data">The folder of what must stay.</param>
    /// <param name="assets">The folder of the files that pass through.</param>
    /// <param name="fileSystem">The kind of file system of a folder, or null where that is not known.</param>
    public static IEnumerable<string> For(string data, string assets, Func<string, string?> fileSystem)
    {
        if (OfTheContainer.Concat(InMemory).Contains(fileSystem(data)))
        {
            yield return $"{data} goes with the container: after a new deployment users, their sessions and the black box are lost. "
                + "Mount a disk there.";
        }

        if (InMemory.Contains(fileSystem(assets)))
        {
            yield return $"{assets} is in memory, so each file that passes through it counts against the limit. "
                + "Set Bot:AssetsFolder to a folder on a disk.";
        }
    }

    /// <summary>The kind of file system that a folder, or where it would be made, is on.</summary>
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
