using System.Text;

namespace MemoryWatch.Read;

/// <summary>
/// Which memory group this is. The path alone does not tell: a group that was removed and made again has the same one, but the
/// kernel gives it another inode.
/// </summary>
/// <param name="Path">The group's folder as the process knows it.</param>
/// <param name="Device">The number of the device that the folder is on.</param>
/// <param name="Inode">The folder's inode.</param>
internal sealed record MemoryGroup(string Path, ulong Device, ulong Inode)
{
    /// <summary>Whether it is the same group, for processes of one boot of one machine.</summary>
    public bool IsSameAs(MemoryGroup? other) => other is not null && (other.Device, other.Inode) == (Device, Inode);

    /// <param name="path">The folder as the process knows it.</param>
    /// <param name="folder">Where it is to be asked for.</param>
    /// <returns>The group; absent where the system does not tell.</returns>
    public static MemoryGroup? Identify(string path, string folder)
    {
        try
        {
            return Libc.TryGetStatus(Encoding.UTF8.GetBytes(folder + '\0'), out var status)
                ? new(path, ((ulong)status.DeviceMajor << 32) | status.DeviceMinor, status.Inode)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // An old C library; without the identity no kill is ever called confirmed.
            return null;
        }
    }
}
