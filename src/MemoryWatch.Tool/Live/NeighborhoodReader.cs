using System.Buffers.Text;
using MemoryWatch.Read;

namespace MemoryWatch.Tool.Live;

/// <summary>Reads who else is in the process's own cgroup.</summary>
internal sealed class NeighborhoodReader(LinuxSource source, long id, TimeProvider time)
{
    private const int MostRead = ContainerProcessReader.MostRead;
    private const int LongestList = 16 * 1024;

    private readonly ContainerProcessReader _processes = new(source, time);

    public Neighborhood Read(SourceReader reader)
    {
        var list = reader.ReadProcesses(new byte[LongestList], out var isWhole);
        return list.IsEmpty ? new(null, null) : new(_processes.Read(list, isWhole), CountChildren(list, isWhole));
    }

    private int? CountChildren(ReadOnlySpan<byte> list, bool isWhole)
    {
        var (children, read) = (0, 0);
        while (KernelText.TryTakeLine(ref list, out var line))
        {
            if (!Utf8Parser.TryParse(line, out int other, out _) || other == 0 || read++ >= MostRead)
            {
                return null;
            }

            children += other != id && ProcessFiles.ReadStat(source, other) is { HasEnded: false } stat && stat.Parent == id ? 1 : 0;
        }

        return isWhole ? children : null;
    }
}
