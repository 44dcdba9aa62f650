using System.Buffers.Text;
using System.Text;

namespace MemoryWatch.Read;

/// <summary>A mount of a <c>mountinfo</c> file.</summary>
/// <param name="Id">Its number; <see langword="null"/> if the line has none.</param>
/// <param name="Parent">Number of the mount that it is mounted on.</param>
/// <param name="Version">
/// 1 or 2 if it can contain cgroups with memory values: version 2's hierarchy, or version 1's with the memory controller. Otherwise
/// <see langword="null"/>.
/// </param>
/// <param name="Root">The mounted folder, as a path in its file system: for a cgroup, the path in the hierarchy.</param>
/// <param name="MountPoint">The folder that it is mounted on.</param>
/// <param name="FileSystem">Type of its file system.</param>
internal readonly record struct CgroupMount(long? Id, long? Parent, int? Version, string Root, string MountPoint, string FileSystem)
{
    // The positions of the fields in a line of mountinfo: the first four before its separator, the others after it.
    private const int IdField = 0;
    private const int ParentField = 1;
    private const int RootField = 3;
    private const int MountPointField = 4;
    private const int TypeField = 0;
    private const int OptionsField = 2;

    /// <summary>The mounts of a <c>mountinfo</c> file in its order; lines in an unknown form are skipped.</summary>
    public static List<CgroupMount> All(ReadOnlySpan<byte> mountInfo)
    {
        var mounts = new List<CgroupMount>();
        while (KernelText.TryTakeLine(ref mountInfo, out var line))
        {
            // "32 31 0:29 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory": the number of
            // optional fields before the separator varies.
            var separator = line.IndexOf(" - "u8);
            if (separator < 0)
            {
                continue;
            }

            var place = line[..separator];
            var mount = new CgroupMount(
                Number(place, IdField), Number(place, ParentField), VersionOf(line[(separator + 3)..]), Path(place, RootField),
                Path(place, MountPointField), Path(line[(separator + 3)..], TypeField));
            if (mount is { MountPoint: ['/', ..] } && (mount.Version is null || mount.Root is ['/', ..]))
            {
                mounts.Add(mount);
            }
        }

        return mounts;
    }

    /// <summary>Decodes a path, in which the kernel writes space, tab, line feed and backslash as octal: <c>\040</c>.</summary>
    public static string Decode(ReadOnlySpan<byte> escaped)
    {
        var path = new byte[escaped.Length];
        var length = 0;
        for (var i = 0; i < escaped.Length; i++)
        {
            path[length++] = Octal(escaped[i..]) is { } character ? character : escaped[i];
            i += Octal(escaped[i..]) is null ? 0 : 3;
        }

        return Encoding.UTF8.GetString(path, 0, length);
    }

    private static string Path(ReadOnlySpan<byte> fields, int index) => Decode(Field(fields, index));

    private static int? VersionOf(ReadOnlySpan<byte> fields)
    {
        var type = Field(fields, TypeField);
        if (type.SequenceEqual("cgroup2"u8))
        {
            return 2;
        }

        return type.SequenceEqual("cgroup"u8) && CgroupMembership.Contains(Field(fields, OptionsField), "memory"u8) ? 1 : null;
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> fields, int index)
    {
        for (; index > 0; index--)
        {
            var space = fields.IndexOf((byte)' ');
            fields = space < 0 ? default : fields[(space + 1)..];
        }

        var end = fields.IndexOf((byte)' ');
        return end < 0 ? fields : fields[..end];
    }

    private static long? Number(ReadOnlySpan<byte> fields, int index) =>
        Utf8Parser.TryParse(Field(fields, index), out int number, out _) ? number : null;

    private static byte? Octal(ReadOnlySpan<byte> text) =>
        text is [(byte)'\\', >= (byte)'0' and <= (byte)'3', >= (byte)'0' and <= (byte)'7', >= (byte)'0' and <= (byte)'7', ..]
            ? (byte)(((text[1] - '0') << 6) | ((text[2] - '0') << 3) | (text[3] - '0'))
            : null;
}
