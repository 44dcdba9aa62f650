namespace MemoryWatch.Read;

/// <summary>Finds the process's cgroups in lines such as <c>4:memory:/app</c> (v1) and <c>0::/app</c> (v2).</summary>
internal static class CgroupMembership
{
    /// <summary>The path of the process's cgroup in version 1's memory hierarchy; empty if it is in none.</summary>
    public static ReadOnlySpan<byte> Version1Path(ReadOnlySpan<byte> membership)
    {
        while (KernelText.TryTakeLine(ref membership, out var line))
        {
            if (TrySplit(line, out _, out var controllers, out var path) && Contains(controllers, "memory"u8))
            {
                return path;
            }
        }

        return default;
    }

    /// <summary>The path of the process's cgroup in version 2's hierarchy; empty if it is in none.</summary>
    public static ReadOnlySpan<byte> Version2Path(ReadOnlySpan<byte> membership)
    {
        while (KernelText.TryTakeLine(ref membership, out var line))
        {
            if (TrySplit(line, out var hierarchy, out var controllers, out var path)
                && hierarchy.SequenceEqual("0"u8)
                && controllers.IsEmpty)
            {
                return path;
            }
        }

        return default;
    }

    /// <summary>Whether the process is in a cgroup with memory values other than the root of its namespace, so that a limit is likely.</summary>
    public static bool IsBelowRoot(ReadOnlySpan<byte> membership) =>
        Version1Path(membership) is { Length: > 1 } || (Version1Path(membership).IsEmpty && Version2Path(membership) is { Length: > 1 });

    /// <summary>Whether a text is such lines: one that was cut off ends within a line.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> membership) =>
        membership is [.., (byte)'\n'] && KernelText.TryTakeLine(ref membership, out var line) && TrySplit(line, out _, out _, out _);

    /// <summary>Whether a comma-separated list, such as <c>rw,memory</c>, contains this item.</summary>
    public static bool Contains(ReadOnlySpan<byte> list, ReadOnlySpan<byte> item)
    {
        while (list.IndexOf((byte)',') is var comma and >= 0)
        {
            if (list[..comma].SequenceEqual(item))
            {
                return true;
            }

            list = list[(comma + 1)..];
        }

        return list.SequenceEqual(item);
    }

    private static bool TrySplit(
        ReadOnlySpan<byte> line,
        out ReadOnlySpan<byte> hierarchy,
        out ReadOnlySpan<byte> controllers,
        out ReadOnlySpan<byte> path)
    {
        hierarchy = controllers = path = default;
        var first = line.IndexOf((byte)':');
        var second = first < 0 ? -1 : line[(first + 1)..].IndexOf((byte)':');
        if (second < 0)
        {
            return false;
        }

        hierarchy = line[..first];
        controllers = line.Slice(first + 1, second);
        path = line[(first + second + 2)..];
        return true;
    }
}
