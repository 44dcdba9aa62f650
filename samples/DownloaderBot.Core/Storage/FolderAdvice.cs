namespace DownloaderBot.Storage;

/// <summary>
/// Advice if the file system of the bot's data goes with the container. Where the files in transit are stored, the memory watch logs.
/// </summary>
internal static class FolderAdvice
{
    // The file systems of a container's layers and of memory: their files are lost with the container. The name depends on the API that reports it.
    private static readonly string[] NotPersistent = ["overlay", "overlayfs", "aufs", "tmpfs", "ramfs"];

    /// <param name="data">The folder of persistent data.</param>
    /// <param name="fileSystem">Returns the type of file system of a folder; <see langword="null"/> if it is unknown.</param>
    /// <returns>The advice; <see langword="null"/> if there is none.</returns>
    public static string? For(string data, Func<string, string?> fileSystem) => NotPersistent.Contains(fileSystem(data))
        ? $"{data} is not on a persistent disk: after a new deployment users, their sessions and the black box are lost. Mount a disk there."
        : null;

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
