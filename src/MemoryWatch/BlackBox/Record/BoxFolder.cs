using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Recall;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// The folder that black boxes are in: takes what earlier runs left, and makes a new file. Whether a run has ended is told by its file's
/// lock, which goes with its process however that ends.
/// </summary>
internal sealed class BoxFolder(BoxPaths paths, int kept)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>What the last run left and where that is now; absent where there was none. Known even where no file can be made.</summary>
    public LeftBox? Previous { get; private set; }

    /// <summary>Reads and puts away what earlier runs left, and makes the file of this one.</summary>
    /// <param name="header">What begins the file.</param>
    /// <param name="definitions">The records of the metrics.</param>
    /// <param name="open">Opens the file that was made, while no other process looks.</param>
    /// <exception cref="Exception">There can be no file; the message says why.</exception>
    public T Make<T>(BoxHeader header, ReadOnlySpan<byte> definitions, Func<string, T> open)
    {
        Directory.CreateDirectory(paths.Folder);
        if (Directory.Exists(paths.Path))
        {
            throw new IOException("it is a folder");
        }

        using var turn = TakeTurn();
        PutAway();
        var path = FreePath();
        Create(header, definitions);
        File.Move(paths.Unfinished, path);
        return open(path);
    }

    private FileStream TakeTurn()
    {
        FileStream? turn = null;
        SpinWait.SpinUntil(
            () =>
            {
                try
                {
                    turn = OpenPrivate(paths.Lock, FileMode.OpenOrCreate);
                    return true;
                }
                catch (IOException error) when (IsHeld(error))
                {
                    // Another process is at it, which takes milliseconds.
                    return false;
                }
            },
            LongestWait);
        return turn ?? throw new IOException("another process holds its lock");
    }

    /// <summary>Whether another process has the file open for itself alone: EWOULDBLOCK of Linux and of macOS, Windows' sharing violation.</summary>
    private static bool IsHeld(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);

    /// <summary>Moves the files of runs that have ended to the kept ones, the newest to number 1, and reads that.</summary>
    private void PutAway()
    {
        var left = new[] { paths.Path }.Where(File.Exists).Concat(paths.OfProcesses())
            .Select(LeftBox.TryRead)
            .OfType<LeftBox>()
            .OrderBy(box => box.Started)
            .ToList();
        Previous = left.LastOrDefault();
        foreach (var box in left)
        {
            MakeRoom();
            File.Move(box.Path, paths.Previous(1));
        }

        Previous = Previous is null ? null : Previous with { Path = paths.Previous(1) };
        var wanted = Enumerable.Range(1, kept).Select(paths.Previous).ToHashSet(StringComparer.Ordinal);
        foreach (var old in paths.AllPrevious().Where(file => !wanted.Contains(file)).ToList())
        {
            File.Delete(old);
        }
    }

    private void MakeRoom()
    {
        for (var number = kept; number >= 1; number--)
        {
            if (File.Exists(paths.Previous(number)))
            {
                File.Move(paths.Previous(number), paths.Previous(number + 1), overwrite: true);
            }
        }
    }

    /// <summary>The path itself, or one of this process's own where a process that runs has it.</summary>
    private string FreePath()
    {
        var path = paths.Path;
        for (var number = 1; File.Exists(path); number++)
        {
            path = paths.OfProcess(Environment.ProcessId, number);
        }

        return path;
    }

    /// <summary>Writes all of it once: what is written over later needs no more room, however full the disk.</summary>
    private void Create(BoxHeader header, ReadOnlySpan<byte> definitions)
    {
        File.Delete(paths.Unfinished);
        try
        {
            using var stream = OpenPrivate(paths.Unfinished, FileMode.CreateNew);
            var file = stream.SafeFileHandle;
            Span<byte> page = new byte[BoxFormat.HeaderSize];
            var size = header.OperationRingOffset + (long)header.OperationRecords * BoxFormat.RecordSize;
            header.Write(page);
            RandomAccess.Write(file, page, 0);
            page.Clear();
            for (long offset = BoxFormat.HeaderSize; offset < size; offset += page.Length)
            {
                RandomAccess.Write(file, page[..(int)Math.Min(page.Length, size - offset)], offset);
            }

            RandomAccess.Write(file, definitions, BoxFormat.DefinitionsOffset);
        }
        catch
        {
            File.Delete(paths.Unfinished);
            throw;
        }
    }

    private static FileStream OpenPrivate(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new(path, options);
    }
}
