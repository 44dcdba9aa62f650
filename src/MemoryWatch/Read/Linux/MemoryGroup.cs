using System.Text;
using MemoryWatch.Files;

namespace MemoryWatch.Read;

/// <summary>
/// Identity of a cgroup. The path alone is not enough: a cgroup that was removed and created again has the same path, but the kernel gives it
/// another inode.
/// </summary>
/// <param name="Path">The cgroup's folder as the process sees it.</param>
/// <param name="Device">The number of the device that the folder is on.</param>
/// <param name="Inode">The folder's inode.</param>
internal sealed record MemoryGroup(string Path, ulong Device, ulong Inode)
{
    /// <summary>Whether both are the same cgroup; valid for processes of one boot of one machine.</summary>
    public bool IsSameAs(MemoryGroup? other) => other is not null && (other.Device, other.Inode) == (Device, Inode);

    /// <summary>Whether this is the cgroup of a folder with this status.</summary>
    public bool Is(in Libc.FileStatus status) => (DeviceOf(status), status.Inode) == (Device, Inode);

    /// <param name="files">Queries the folder.</param>
    /// <param name="path">The folder as the process sees it.</param>
    /// <param name="folder">The path under which to query the folder.</param>
    /// <returns>The cgroup; <see langword="null"/> if the system does not report its identity.</returns>
    public static MemoryGroup? Identify(IFiles files, string path, string folder)
    {
        try
        {
            return files.TryGetStatus(Encoding.UTF8.GetBytes(folder + '\0'), out var status)
                ? new(path, DeviceOf(status), status.Inode)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // The C library is too old. Without the identity, no kill is ever reported as confirmed.
            return null;
        }
    }

    private static ulong DeviceOf(in Libc.FileStatus status) => ((ulong)status.DeviceMajor << 32) | status.DeviceMinor;
}
