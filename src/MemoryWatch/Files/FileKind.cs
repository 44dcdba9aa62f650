using System.Text;

namespace MemoryWatch.Files;

/// <summary>
/// Says what is at a path before it is opened. Opening a FIFO blocks until somebody opens its other end, opening a device may have effects, and
/// renaming either takes it away from its users.
/// </summary>
internal static class FileKind
{
    private const int Fifo = 0x1000;
    private const int CharacterDevice = 0x2000;
    private const int Folder = 0x4000;
    private const int BlockDevice = 0x6000;
    private const int Link = 0xA000;
    private const int Socket = 0xC000;

    /// <summary>Whether a regular file, or a symbolic link to one, is at the path.</summary>
    public static bool IsRegular(this IFiles files, string path) => files.Exists(path) && files.Obstacle(path) is null;

    /// <summary>
    /// What is at the path and is not a regular file, such as <c>a FIFO</c>; <see langword="null"/> if it is a regular file, a link to one, or
    /// if nothing is there.
    /// </summary>
    public static string? Obstacle(this IFiles files, string path) => TypeOf(files, path, followLinks: true) switch
    {
        Fifo => "a FIFO",
        CharacterDevice => "a character device",
        BlockDevice => "a block device",
        Socket => "a socket",
        Folder => "a folder",
        0 when TypeOf(files, path, followLinks: false) == Link => $"a symbolic link to {LinkTarget(files, path)}, which does not exist",
        null when TypeOf(files, path, followLinks: false) == Link => $"a symbolic link to {LinkTarget(files, path)}, which cannot be followed",
        null when files.FolderExists(path) => "a folder",
        _ => null,
    };

    private static int? TypeOf(IFiles files, string path, bool followLinks)
    {
        try
        {
            return OperatingSystem.IsLinux() ? files.GetType(Encoding.UTF8.GetBytes(path + '\0'), followLinks) : null;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // The C library is too old. Then only folders are recognized.
            return null;
        }
    }

    private static string LinkTarget(IFiles files, string path)
    {
        try
        {
            return SafeText.Context(files.LinkTarget(path));
        }
        catch (Exception)
        {
            // Removed since, or not permitted.
            return MemoryText.NotAvailable;
        }
    }
}
