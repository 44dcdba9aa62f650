namespace MemoryWatch.Read;

/// <summary>
/// Decides which mounts can be reached by their path. A mount is hidden by another that was mounted over it later, or over a folder above it,
/// whatever its type. Pure.
/// </summary>
internal static class MountVisibility
{
    // Mounts form a tree; a file that says otherwise must not be followed forever.
    private const int MostLevels = 100;

    public static bool IsVisible(int index, IReadOnlyList<CgroupMount> mounts)
    {
        var branch = Branch(mounts[index], mounts);
        for (var i = 0; i < mounts.Count; i++)
        {
            if (i != index && !branch.Exists(mount => mount.Id == mounts[i].Id && mount.Id is not null) && Hides(i, index, branch, mounts))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Hides(int other, int index, List<CgroupMount> branch, IReadOnlyList<CgroupMount> mounts)
    {
        var (cover, mount) = (mounts[other], mounts[index]);
        var place = cover.Parent is null ? -1 : branch.FindIndex(one => one.Id == cover.Parent);
        if (place < 0 || (cover.Parent == mount.Parent && cover.MountPoint == mount.MountPoint))
        {
            // The file does not say which of the two is on top, so the later one is.
            return other > index && cover.MountPoint == mount.MountPoint
                && (place >= 0 || cover.Parent is null || !mounts.Any(one => one.Id == cover.Parent));
        }

        if (place == 0)
        {
            return cover.MountPoint == mount.MountPoint;
        }

        // On the way from the mount that both are in to this one, the path meets the other first.
        var next = branch[place - 1].MountPoint;
        return cover.MountPoint.Length < next.Length && IsAbove(cover.MountPoint, next);
    }

    /// <summary>The mount itself and those that it is mounted on, upward as far as the file lists them.</summary>
    private static List<CgroupMount> Branch(CgroupMount mount, IReadOnlyList<CgroupMount> mounts)
    {
        var branch = new List<CgroupMount> { mount };
        while (branch.Count < MostLevels && mount.Parent is { } parent && parent != mount.Id)
        {
            var found = mounts.FirstOrDefault(one => one.Id == parent);
            if (found.Id is null)
            {
                break;
            }

            branch.Add(mount = found);
        }

        return branch;
    }

    private static bool IsAbove(string folder, string path)
    {
        folder = folder.TrimEnd('/');
        return path.StartsWith(folder, StringComparison.Ordinal) && path.Length > folder.Length && path[folder.Length] == '/';
    }
}
