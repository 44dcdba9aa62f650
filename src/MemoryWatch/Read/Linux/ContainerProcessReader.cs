using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MemoryWatch.Read;

/// <summary>
/// Finds the processes of a cgroup that have the most resident memory. It reads one file for each process, and the names of those that it found, and
/// stops when there are too many or it takes too long. For one caller at a time.
/// </summary>
internal sealed class ContainerProcessReader
{
    public const int MostRead = 256;
    public const int MostKept = 3;

    private const int OwnIdUnknown = -1;
    private const int ReadsBetweenLooks = 8;
    private const int ResidentField = 1;
    private const int LongestText = 128;

    private static readonly TimeSpan LongestReading = TimeSpan.FromMilliseconds(3);

    private readonly LinuxSource _source;
    private readonly TimeProvider _time;
    private readonly Lazy<int> _ownId;

    // The path that is being read, with a zero at its end; the folder of all processes stays.
    private readonly byte[] _path;
    private readonly int _folderLength;

    public ContainerProcessReader(LinuxSource source, TimeProvider time)
    {
        (_source, _time, _ownId) = (source, time, new(ReadOwnId));
        var folder = Encoding.UTF8.GetBytes(source.Resolve("/proc/"));
        (_path, _folderLength) = ([.. folder, .. new byte["2147483647/statm\0".Length]], folder.Length);
    }

    /// <param name="processes">The list of the processes' ids, one a line; 0 is a process that is not visible here.</param>
    /// <param name="isWhole">Whether the list has all of them.</param>
    /// <returns><see langword="null"/> if the ids are not those of <c>/proc</c> here.</returns>
    public ContainerProcesses? Read(ReadOnlySpan<byte> processes, bool isWhole)
    {
        if (_ownId.Value == OwnIdUnknown)
        {
            return null;
        }

        var (started, now) = (_time.GetTimestamp(), _time.GetUtcNow());
        Span<(int Id, long Bytes)> largest = stackalloc (int, long)[MostKept];
        var (kept, count, read) = (0, 0, 0);
        while (KernelText.TryTakeLine(ref processes, out var line))
        {
            if (!Utf8Parser.TryParse(line, out int id, out var used) || used != line.Length || id < 0)
            {
                isWhole = false;
                continue;
            }

            if (id == _ownId.Value)
            {
                continue;
            }

            count++;
            var isStopped = read >= MostRead
                || (read % ReadsBetweenLooks == ReadsBetweenLooks - 1 && _time.GetElapsedTime(started) > LongestReading);
            if (isStopped)
            {
                read = MostRead;
            }

            if (isStopped || id == 0 || ReadResident(id) is not { } bytes)
            {
                isWhole = false;
                continue;
            }

            read++;
            if (bytes == 0)
            {
                // It has ended, and nobody has taken notice yet.
                count--;
                continue;
            }

            kept = Keep(largest, kept, id, bytes);
        }

        return new(Describe(largest[..kept]), count, isWhole, now);
    }

    private static int Keep(Span<(int Id, long Bytes)> largest, int kept, int id, long bytes)
    {
        var place = kept;
        while (place > 0 && largest[place - 1].Bytes < bytes)
        {
            place--;
        }

        // Version 1 does not promise that no id comes twice.
        foreach (var (other, _) in largest[..kept])
        {
            if (other == id)
            {
                return kept;
            }
        }

        if (place == MostKept)
        {
            return kept;
        }

        var moved = Math.Min(kept, MostKept - 1) - place;
        largest.Slice(place, moved).CopyTo(largest[(place + 1)..]);
        largest[place] = (id, bytes);
        return Math.Min(kept + 1, MostKept);
    }

    private ContainerProcess[] Describe(ReadOnlySpan<(int Id, long Bytes)> largest)
    {
        if (largest.IsEmpty)
        {
            return [];
        }

        var described = new ContainerProcess[largest.Length];
        for (var i = 0; i < largest.Length; i++)
        {
            described[i] = new(largest[i].Id, ReadName(largest[i].Id), largest[i].Bytes);
        }

        return described;
    }

    private long? ReadResident(int id)
    {
        Span<byte> buffer = stackalloc byte[LongestText];
        return KernelText.Times(KernelText.Field(ReadFile(id, "/statm\0"u8, buffer), ResidentField), _source.PageSize);
    }

    private string ReadName(int id)
    {
        Span<byte> buffer = stackalloc byte[LongestText];
        var name = ReadFile(id, "/comm\0"u8, buffer);
        name = name is [.., (byte)'\n'] ? name[..^1] : name;

        // The process may have ended since.
        return name.IsEmpty ? MemoryText.NotAvailable : SafeText.Name(Encoding.UTF8.GetString(name));
    }

    private ReadOnlySpan<byte> ReadFile(int id, ReadOnlySpan<byte> file, Span<byte> buffer)
    {
        Utf8Formatter.TryFormat(id, _path.AsSpan(_folderLength), out var digits);
        file.CopyTo(_path.AsSpan(_folderLength + digits));
        return _source.Files.ReadOnce(_path, buffer);
    }

    /// <summary>
    /// The id that this process has in <c>/proc</c>. If it is not the one that the process itself knows, the lists of the kernel have other ids than
    /// <c>/proc</c>, and would name strangers.
    /// </summary>
    private int ReadOwnId()
    {
        try
        {
            var shown = _source.IsOwnProcess ? _source.Files.LinkTarget(_source.ProcessFolder) : _source.ProcessFolder[(_source.ProcessFolder.LastIndexOf('/') + 1)..];
            return int.TryParse(shown, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && (!_source.IsOwnProcess || id == Environment.ProcessId)
                ? id
                : OwnIdUnknown;
        }
        catch (Exception)
        {
            // Not permitted.
            return OwnIdUnknown;
        }
    }
}
