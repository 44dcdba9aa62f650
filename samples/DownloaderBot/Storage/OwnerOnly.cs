namespace DownloaderBot.Storage;

/// <summary>Folders and files that nobody but their owner may read, where the system knows owners.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode ForFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForFolders = ForFiles | UnixFileMode.UserExecute;

    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, ForFolders);
        }
    }

    /// <summary>As <see cref="CreateFolder"/>, and a folder that is there already becomes its owner's alone.</summary>
    public static void CreateOrClaimFolder(string folder)
    {
        CreateFolder(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, ForFolders);
        }
    }

    /// <summary>Creates or empties a file; it is its owner's from the first byte.</summary>
    public static FileStream CreateFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = ForFiles;
        }

        return new(path, options);
    }
}
