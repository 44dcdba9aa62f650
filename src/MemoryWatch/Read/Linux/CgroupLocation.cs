using System.Text;

namespace MemoryWatch.Read;

/// <summary>Where the process's memory group is.</summary>
/// <param name="Version">1 or 2.</param>
/// <param name="MountPoint">The folder of the uppermost group that can be seen.</param>
/// <param name="Path">The way from there down to the process's own group: <c>/a/b</c>, or empty.</param>
/// <param name="IsExact">Whether that is the process's own group, and not only the uppermost of those that can be seen.</param>
internal readonly record struct CgroupLocation(int Version, string MountPoint, string Path, bool IsExact = true)
{
    /// <summary>Finds the group, preferring version 1 where it has the memory controller (hybrid systems have both).</summary>
    /// <param name="membership">The process's <c>cgroup</c> file.</param>
    /// <param name="mountInfo">The process's <c>mountinfo</c> file.</param>
    /// <param name="folderExists">Whether there is a folder under an absolute path.</param>
    public static CgroupLocation? Find(
        ReadOnlySpan<byte> membership, ReadOnlySpan<byte> mountInfo, Func<string, bool> folderExists) =>
        Find(1, CgroupMembership.Version1Path(membership), mountInfo, folderExists)
        ?? Find(2, CgroupMembership.Version2Path(membership), mountInfo, folderExists);

    /// <summary>The folders from the process's own group up to the uppermost one.</summary>
    public string[] Folders()
    {
        var folders = new List<string>();
        for (var path = Path; path.Length > 0; path = path[..path.LastIndexOf('/')])
        {
            folders.Add(MountPoint + path);
        }

        return [.. folders, MountPoint];
    }

    private static CgroupLocation? Find(
        int version, ReadOnlySpan<byte> pathInHierarchy, ReadOnlySpan<byte> mountInfo, Func<string, bool> folderExists)
    {
        CgroupLocation? fallback = null;
        if (pathInHierarchy.IsEmpty)
        {
            return fallback;
        }

        var groupPath = Encoding.UTF8.GetString(pathInHierarchy);
        while (CgroupMount.TryTake(ref mountInfo, out var mount))
        {
            if (mount.Version != version)
            {
                continue;
            }

            if (Below(mount.Root, groupPath) is { } path && folderExists(mount.MountPoint + path))
            {
                return new CgroupLocation(version, mount.MountPoint, path);
            }

            // The path is one of another namespace: what is mounted is then all that can be known.
            fallback ??= new CgroupLocation(version, mount.MountPoint, string.Empty, IsExact: false);
        }

        return fallback;
    }

    /// <summary>What remains of a path below a folder of the hierarchy; absent where it is not below it.</summary>
    private static string? Below(string folder, string path)
    {
        path = path.TrimEnd('/');
        folder = folder.TrimEnd('/');
        var isBelow = path.StartsWith(folder, StringComparison.Ordinal)
            && (path.Length == folder.Length || path[folder.Length] == '/')
            && !$"{path}/".Contains("/../", StringComparison.Ordinal);
        return isBelow ? path[folder.Length..] : null;
    }
}
