using System.Text;

namespace MemoryWatch.Read;

/// <summary>A mount that can contain cgroups with memory values: version 2's hierarchy, or version 1's with the memory controller.</summary>
/// <param name="Version">1 or 2.</param>
/// <param name="Root">The mounted cgroup, as a path in the hierarchy.</param>
/// <param name="MountPoint">The folder that it is mounted on.</param>
internal readonly record struct CgroupMount(int Version, string Root, string MountPoint)
{
    // The positions of the fields in a line of mountinfo: the first two before its separator, the others after it.
    private const int RootField = 3;
    private const int MountPointField = 4;
    private const int TypeField = 0;
    private const int OptionsField = 2;

    /// <summary>Takes the next such mount of a <c>mountinfo</c> file; skips other mounts and lines in an unknown form.</summary>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> mountInfo, out CgroupMount mount)
    {
        while (KernelText.TryTakeLine(ref mountInfo, out var line))
        {
            // "32 31 0:29 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory": the number of
            // optional fields before the separator varies.
            var separator = line.IndexOf(" - "u8);
            if (separator < 0 || VersionOf(line[(separator + 3)..]) is not { } version)
            {
                continue;
            }

            mount = new CgroupMount(version, Path(line[..separator], RootField), Path(line[..separator], MountPointField));
            if (mount is { Root: ['/', ..], MountPoint: ['/', ..] })
            {
                return true;
            }
        }

        mount = default;
        return false;
    }

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

    /// <summary>Decodes a path, in which the kernel writes space, tab, line feed and backslash as octal: <c>\040</c>.</summary>
    private static string Path(ReadOnlySpan<byte> fields, int index)
    {
        var escaped = Field(fields, index);
        var path = new byte[escaped.Length];
        var length = 0;
        for (var i = 0; i < escaped.Length; i++)
        {
            path[length++] = Octal(escaped[i..]) is { } character ? character : escaped[i];
            i += Octal(escaped[i..]) is null ? 0 : 3;
        }

        return Encoding.UTF8.GetString(path, 0, length);
    }

    private static byte? Octal(ReadOnlySpan<byte> text) =>
        text is [(byte)'\\', >= (byte)'0' and <= (byte)'3', >= (byte)'0' and <= (byte)'7', >= (byte)'0' and <= (byte)'7', ..]
            ? (byte)(((text[1] - '0') << 6) | ((text[2] - '0') << 3) | (text[3] - '0'))
            : null;
}
