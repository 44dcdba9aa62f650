using System.Text;
using MemoryWatch.Files;

namespace MemoryWatch.Read;

/// <summary>
/// Finds out where the files of a folder are stored, from the mounts and from <c>statfs</c>. If they disagree, nothing is claimed. It never throws. A
/// disk that hangs makes it hang.
/// </summary>
internal sealed class FolderReader(LinuxSource source)
{
    // A path has fewer folders than bytes, and is no longer than the system allows.
    private const int MostLevels = Libc.LongestPath;

    public WatchedFolder Read(string path)
    {
        var shown = SafeText.Context(path);
        try
        {
            var full = Path.GetFullPath(path);
            shown = SafeText.Context(full);
            var problem = Resolve(full, out var folder);
            var nearest = full;
            for (var i = 0; folder is null && problem == FolderProblem.Missing && i < MostLevels && Path.GetDirectoryName(nearest) is { } parent; i++)
            {
                nearest = parent;
                problem = Resolve(nearest, out folder) is var above and not FolderProblem.None and not FolderProblem.Missing ? above : problem;
            }

            return folder is null ? new(shown, null, null, null, problem) : Describe(shown, folder, problem);
        }
        catch (Exception)
        {
            // Not a path, or the C library has no such call.
            return new(shown, null, null, null, FolderProblem.Unreadable);
        }
    }

    private FolderProblem Resolve(string path, out string? folder)
    {
        folder = null;
        var resolved = new byte[Libc.LongestPath];
        var problem = source.Files.ResolvePath(Encoding.UTF8.GetBytes(path + '\0'), resolved) switch
        {
            0 => FolderProblem.None,
            Libc.Missing => FolderProblem.Missing,
            Libc.NotPermitted => FolderProblem.NotPermitted,
            Libc.LinkLoop => FolderProblem.LinkLoop,
            Libc.NotAFolder => FolderProblem.NotAFolder,
            _ => FolderProblem.Unreadable,
        };
        if (problem != FolderProblem.None)
        {
            return problem;
        }

        var found = Encoding.UTF8.GetString(resolved.AsSpan(0, Math.Max(0, resolved.AsSpan().IndexOf((byte)0))));
        if (!source.Files.FolderExists(found))
        {
            return FolderProblem.NotAFolder;
        }

        folder = found;
        return FolderProblem.None;
    }

    private WatchedFolder Describe(string shown, string folder, FolderProblem problem)
    {
        var (mounted, use) = (ReadMounted(folder), ReadUse(folder));
        long? used = use is { TotalBytes: > 0 } known && known.FreeBytes <= known.TotalBytes ? known.TotalBytes - known.FreeBytes : null;
        if (mounted is null && use is null)
        {
            return new(shown, null, null, null, problem == FolderProblem.None ? FolderProblem.Unreadable : problem);
        }

        var (byMount, byUse) = (FileSystems.AreMemory(mounted), FileSystems.AreMemory(use?.Type));
        var isMemory = byMount is not null && byUse is not null && byMount != byUse ? null : byMount ?? byUse;
        return new(shown, SafeText.Name(mounted ?? use?.Type), isMemory, used, problem);
    }

    private string? ReadMounted(string folder)
    {
        try
        {
            return FileSystems.Of(folder, source.Files.ReadAll(source.Resolve($"{source.ProcessFolder}/mountinfo")));
        }
        catch (Exception)
        {
            // Not permitted: what statfs says is left.
            return null;
        }
    }

    private FileSystemUse? ReadUse(string folder)
    {
        try
        {
            return source.Files.GetFileSystem(folder);
        }
        catch (Exception)
        {
            // Not permitted, or a system whose answer .NET does not know: what the mounts say is left.
            return null;
        }
    }
}
