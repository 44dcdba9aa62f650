using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Recall;
using MemoryWatch.Files;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// The folder of the black boxes: moves the files of earlier runs and creates a new file. A file's lock shows whether its run has ended, because
/// the lock is released with its process, however that ends.
/// </summary>
internal sealed class BoxFolder(BoxPaths paths, int kept)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly IFiles _files = paths.Files;

    /// <summary>
    /// The files of the runs that have ended, at their new paths, the last started first. A file that is not kept has an empty path. They are set
    /// even if no new file can be created.
    /// </summary>
    public IReadOnlyList<LeftBox> Ended { get; private set; } = [];

    /// <summary>
    /// The newest of the files that were kept before this start, if no run has ended since; otherwise <see langword="null"/>. There is one if the
    /// last start could not create its file.
    /// </summary>
    public LeftBox? Kept { get; private set; }

    /// <summary>Reads and moves the files of earlier runs, and creates the file of this run.</summary>
    /// <param name="header">The header of the file.</param>
    /// <param name="definitions">The records of the metric definitions.</param>
    /// <param name="open">Opens the new file while the folder's lock keeps other processes away.</param>
    /// <param name="carry">What earlier runs left for the file, once <see cref="Ended"/> is known; nothing by default.</param>
    /// <exception cref="Exception">The file cannot be created; the message gives the reason.</exception>
    public T Make<T>(BoxHeader header, ReadOnlySpan<byte> definitions, Func<string, T> open, Func<CarriedRecords>? carry = null)
    {
        RefuseObstacles();
        _files.CreateFolder(paths.Folder);
        using var turn = TakeTurn();
        PutAway();
        var path = FreePath();
        Create(header, definitions, carry?.Invoke());
        _files.Move(paths.Unfinished, path, overwrite: false);
        return open(path);
    }

    /// <summary>
    /// Ensures that only regular files are opened, moved or replaced: neither a device or FIFO that somebody configured by mistake nor one in the
    /// place of a file beside it.
    /// </summary>
    private void RefuseObstacles()
    {
        // A link leads nowhere for a moment at each start, while its file is replaced. The lock file shows that it has worked before.
        var path = _files.Exists(paths.Lock) ? paths.Path : paths.Configured;
        if (_files.Obstacle(path) is { } what)
        {
            throw new IOException($"it is {what}");
        }

        foreach (var other in Enumerable.Range(1, kept + 1).Select(paths.Previous).Prepend(paths.Unfinished).Prepend(paths.Lock))
        {
            if (_files.Obstacle(other) is { } obstacle)
            {
                throw new IOException($"{SafeText.Context(Path.GetFileName(other))} beside it is {obstacle}");
            }
        }
    }

    private FileStream TakeTurn()
    {
        FileStream? turn = null;
        SpinWait.SpinUntil(
            () =>
            {
                try
                {
                    turn = _files.OpenPrivate(paths.Lock, FileMode.OpenOrCreate);
                    return true;
                }
                catch (IOException error) when (IsHeld(error))
                {
                    // Another process holds the lock, usually for milliseconds.
                    return false;
                }
            },
            LongestWait);
        return turn ?? throw new IOException("another process holds its lock");
    }

    /// <summary>
    /// Whether another process has the file open exclusively: EWOULDBLOCK on Linux and on macOS, a sharing violation on Windows.
    /// </summary>
    private static bool IsHeld(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);

    /// <summary>Reads the files of ended runs and moves them to the kept files. The newest gets number 1.</summary>
    private void PutAway()
    {
        var left = new[] { paths.Path }.Where(_files.Exists).Concat(paths.OfProcesses())
            .Select(path => LeftBox.TryRead(_files, path))
            .OfType<LeftBox>()
            .OrderBy(box => box.Started)
            .ToList();
        Ended = [.. left.AsEnumerable().Reverse().Select((box, index) => box with { Path = index < kept ? paths.Previous(index + 1) : string.Empty })];
        Kept = left.Count == 0 && _files.Exists(paths.Previous(1)) ? LeftBox.TryRead(_files, paths.Previous(1)) : null;
        foreach (var box in left)
        {
            MakeRoom();
            _files.Move(box.Path, paths.Previous(1), overwrite: false);
        }

        var wanted = Enumerable.Range(1, kept).Select(paths.Previous).ToHashSet(StringComparer.Ordinal);
        foreach (var old in paths.AllPrevious().Where(file => !wanted.Contains(file)).ToList())
        {
            _files.Delete(old);
        }
    }

    private void MakeRoom()
    {
        for (var number = kept; number >= 1; number--)
        {
            if (_files.Exists(paths.Previous(number)))
            {
                _files.Move(paths.Previous(number), paths.Previous(number + 1), overwrite: true);
            }
        }
    }

    /// <summary>The configured path, or a path unique to this process if a running process uses the configured one.</summary>
    private string FreePath()
    {
        var path = paths.Path;
        for (var number = 1; _files.Exists(path) || _files.FolderExists(path); number++)
        {
            path = paths.OfProcess(Environment.ProcessId, number);
        }

        return path;
    }

    /// <summary>Writes the whole file once, because later writes in place need no more disk space, however full the disk is.</summary>
    private void Create(BoxHeader header, ReadOnlySpan<byte> definitions, CarriedRecords? carried)
    {
        _files.Delete(paths.Unfinished);
        try
        {
            using var stream = _files.OpenPrivate(paths.Unfinished, FileMode.CreateNew);
            var file = stream.SafeFileHandle;
            Span<byte> page = new byte[BoxFormat.HeaderSize];
            var size = header.FileSize;
            header.Write(page);
            _files.Write(file, page, 0);
            page.Clear();
            for (long offset = BoxFormat.HeaderSize; offset < size; offset += page.Length)
            {
                _files.Write(file, page[..(int)Math.Min(page.Length, size - offset)], offset);
            }

            _files.Write(file, definitions, BoxFormat.DefinitionsOffset);
            if (carried is { History.Length: > 0 })
            {
                _files.Write(file, carried.History, header.HistoryOffset);
            }

            if (carried is not null)
            {
                _files.Write(file, carried.Restarts, RestartRecord.OffsetOf(RestartPhase.Carried));
            }
        }
        catch
        {
            _files.Delete(paths.Unfinished);
            throw;
        }
    }
}
