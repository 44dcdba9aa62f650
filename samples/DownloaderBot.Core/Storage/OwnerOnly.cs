namespace DownloaderBot.Storage;

/// <summary>Creates folders and files that only their owner may read, on systems that have owners.</summary>
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

    /// <summary>As <see cref="CreateFolder"/>, and restricts an existing folder to its owner.</summary>
    public static void CreateOrClaimFolder(string folder)
    {
        CreateFolder(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, ForFolders);
        }
    }

    /// <summary>Creates or empties a file, which only its owner may read from the first byte on.</summary>
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
