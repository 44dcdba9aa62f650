using MemoryWatch.Files;
using MemoryWatch.Read;

namespace MemoryWatch.Tool.Live;

/// <summary>
/// Where another process and its cgroup are read. The caller's own mounts come first, because outside of a container they show the levels above it
/// too. If the process's cgroup is not below them, as from within another container, it is read through the process's root, which needs permission.
/// </summary>
internal static class TargetSource
{
    /// <param name="id">The id of the process in <c>/proc</c>.</param>
    /// <param name="files">Reads.</param>
    /// <param name="root">The folder that stands for <c>/</c>.</param>
    public static LinuxSource Of(long id, IFiles files, string root = "")
    {
        var process = new LinuxSource { Root = root, Files = files, ProcessFolder = FormattableString.Invariant($"/proc/{id}") };
        var ours = process with { MountInfo = "/proc/self/mountinfo" };

        // Another cgroup must not stand in for this one: only the process's own mounts are known to be above it.
        return IsExact(ours) ? ours : process with { MountRoot = $"{process.ProcessFolder}/root" };
    }

    private static bool IsExact(LinuxSource source)
    {
        try
        {
            var membership = source.Files.ReadAll(source.Resolve($"{source.ProcessFolder}/cgroup"));
            var mounts = source.Files.ReadAll(source.ResolveMountInfo());
            return CgroupLocation.Find(membership, mounts, folder => source.Files.FolderExists(source.ResolveMounted(folder))) is { IsExact: true };
        }
        catch (Exception)
        {
            // Not permitted, or the process has ended.
            return false;
        }
    }
}
