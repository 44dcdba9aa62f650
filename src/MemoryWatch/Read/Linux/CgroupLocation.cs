using System.Text;

namespace MemoryWatch.Read;

/// <summary>The location of the process's cgroup.</summary>
/// <param name="Version">1 or 2.</param>
/// <param name="MountPoint">The folder of the uppermost visible cgroup.</param>
/// <param name="Path">The path from there down to the process's own cgroup: <c>/a/b</c>, or empty.</param>
/// <param name="IsExact">Whether this is the process's own cgroup, and not only the uppermost visible one.</param>
internal readonly record struct CgroupLocation(int Version, string MountPoint, string Path, bool IsExact = true)
{
    /// <summary>Finds the cgroup. Version 1 is preferred if it has the memory controller (hybrid systems have both versions).</summary>
    /// <param name="membership">Content of the process's <c>cgroup</c> file.</param>
    /// <param name="mountInfo">Content of the process's <c>mountinfo</c> file.</param>
    /// <param name="folderExists">Returns whether a folder exists at an absolute path.</param>
    public static CgroupLocation? Find(
        ReadOnlySpan<byte> membership, ReadOnlySpan<byte> mountInfo, Func<string, bool> folderExists)
    {
        var mounts = CgroupMount.All(mountInfo);
        return Find(1, CgroupMembership.Version1Path(membership), mounts, folderExists)
            ?? Find(2, CgroupMembership.Version2Path(membership), mounts, folderExists);
    }

    /// <summary>The folders from the process's own cgroup up to the uppermost one.</summary>
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
        int version, ReadOnlySpan<byte> pathInHierarchy, List<CgroupMount> mounts, Func<string, bool> folderExists)
    {
        CgroupLocation? fallback = null;
        if (pathInHierarchy.IsEmpty)
        {
            return fallback;
        }

        var groupPath = Encoding.UTF8.GetString(pathInHierarchy);
        for (var i = 0; i < mounts.Count; i++)
        {
            var mount = mounts[i];
            if (mount.Version != version || !MountVisibility.IsVisible(i, mounts))
            {
                continue;
            }

            if (Below(mount.Root, groupPath) is { } path && folderExists(mount.MountPoint + path))
            {
                return new CgroupLocation(version, mount.MountPoint, path);
            }

            // The path belongs to another namespace, so only the mounted cgroup is known.
            fallback ??= new CgroupLocation(version, mount.MountPoint, string.Empty, IsExact: false);
        }

        return fallback;
    }

    /// <summary>The rest of a path below a folder of the hierarchy; <see langword="null"/> if the path is not below the folder.</summary>
    private static string? Below(string folder, string path)
    {
        path = path.TrimEnd('/');
        folder = folder.TrimEnd('/');

        // Both are relative to the caller's namespace, so both may begin with "/.." if the process is in another one. The rest must lead down.
        var isBelow = path.StartsWith(folder, StringComparison.Ordinal)
            && (path.Length == folder.Length || path[folder.Length] == '/')
            && !$"{path[folder.Length..]}/".Contains("/../", StringComparison.Ordinal);
        return isBelow ? path[folder.Length..] : null;
    }
}
