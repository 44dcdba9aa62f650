namespace MemoryWatch.Read;

/// <summary>Which file system a path is on, and whether its files are memory. Pure.</summary>
internal static class FileSystems
{
    private static readonly string[] OfMemory = ["tmpfs", "ramfs", "devtmpfs", "hugetlbfs"];

    // Only those that cannot be in memory, or on another file system that may be.
    private static readonly string[] OfDisks =
    [
        "ext2", "ext3", "ext4", "extfs", "xfs", "btrfs", "zfs", "f2fs", "bcachefs", "jfs", "reiserfs", "vfat", "msdos", "exfat", "ntfs", "ntfs3",
        "nfs", "nfs4", "cifs", "smb3", "smb2", "ceph", "lustre", "glusterfs",
    ];

    /// <summary>Type of the file system that a path is on: that of the visible mount that is nearest above it.</summary>
    /// <param name="path">An absolute path without symbolic links.</param>
    /// <param name="mountInfo">Content of the process's <c>mountinfo</c> file.</param>
    /// <returns><see langword="null"/> if no mount is above the path.</returns>
    public static string? Of(string path, ReadOnlySpan<byte> mountInfo)
    {
        var mounts = CgroupMount.All(mountInfo);
        CgroupMount? nearest = null;
        for (var i = 0; i < mounts.Count; i++)
        {
            if (IsAt(mounts[i].MountPoint, path) && !(mounts[i].MountPoint.Length < nearest?.MountPoint.Length) && MountVisibility.IsVisible(i, mounts))
            {
                nearest = mounts[i];
            }
        }

        return nearest?.FileSystem is { Length: > 0 } type ? type : null;
    }

    /// <summary>Whether files of a file system are memory; <see langword="null"/> if that is unknown.</summary>
    public static bool? AreMemory(string? type) =>
        Array.Exists(OfMemory, one => one == type) ? true
        : Array.Exists(OfDisks, one => one == type) ? false
        : null;

    private static bool IsAt(string mountPoint, string path)
    {
        mountPoint = mountPoint.TrimEnd('/');
        return path.StartsWith(mountPoint, StringComparison.Ordinal) && (path.Length == mountPoint.Length || path[mountPoint.Length] == '/');
    }
}
