using System.Runtime.CompilerServices;
using System.Text;
using MemoryWatch.Files;
using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.Tool.Machine;

/// <summary>Reads files, and keeps what was found at each path. If a file is read again, what was found first is kept. For one caller at a time.</summary>
/// <param name="inner">Reads.</param>
/// <param name="root">The folder that stands for <c>/</c>; it is no part of the paths that are kept.</param>
internal sealed class RecordingFiles(IFiles inner, string root) : ReadingFiles
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly ConditionalWeakTable<SafeFileHandle, Entry> _open = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<RecordedFile> Files =>
        [.. _order.Select(path => new RecordedFile(path, _entries[path].State, [.. _entries[path].Content]))];

    public override bool Exists(string path)
    {
        var exists = inner.Exists(path);
        Note(path, exists ? RecordedState.Read : Absence(path));
        return exists;
    }

    public override bool FolderExists(string path)
    {
        var exists = inner.FolderExists(path);
        Note(path, exists ? RecordedState.Folder : Absence(path));
        return exists;
    }

    public override SafeFileHandle Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var entry = Note(path, RecordedState.Read);
        var handle = Try(entry, () => inner.Open(path, mode, access, share));
        _open.Add(handle, entry);
        return handle;
    }

    public override int Read(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        _open.TryGetValue(file, out var entry);
        try
        {
            var length = inner.Read(file, buffer, offset);
            entry?.Add(buffer[..length], offset);
            return length;
        }
        catch (Exception error)
        {
            entry?.Fail(error);
            throw;
        }
    }

    public override byte[] ReadAll(string path)
    {
        var entry = Note(path, RecordedState.Read);
        var content = Try(entry, () => inner.ReadAll(path));
        entry.Add(content, 0);
        return content;
    }

    public override bool TryGetStatus(byte[] path, out Libc.FileStatus status)
    {
        var exists = inner.TryGetStatus(path, out status);
        Note(Text(path), exists ? RecordedState.Folder : RecordedState.Missing);
        return exists;
    }

    public override ReadOnlySpan<byte> ReadOnce(byte[] path, Span<byte> buffer)
    {
        var text = inner.ReadOnce(path, buffer);
        Note(Text(path), text.IsEmpty && !inner.Exists(Text(path)) ? Absence(Text(path)) : RecordedState.Read).Add(text, 0);
        return text;
    }

    private static T Try<T>(Entry entry, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error)
        {
            entry.Fail(error);
            throw;
        }
    }

    private static string Text(byte[] path) => Encoding.UTF8.GetString(path.AsSpan(0, path.AsSpan().IndexOf((byte)0)));

    /// <summary>Whether nothing is there, or a folder on the way may not be entered.</summary>
    private RecordedState Absence(string path)
    {
        try
        {
            return inner.GetType(Encoding.UTF8.GetBytes(path + '\0'), followLinks: true) is null ? RecordedState.Hidden : RecordedState.Missing;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            // The C library is too old to tell.
            return RecordedState.Missing;
        }
    }

    private Entry Note(string path, RecordedState state)
    {
        path = path[root.Length..];
        if (_entries.TryGetValue(path, out var entry))
        {
            return entry;
        }

        _order.Add(path);
        return _entries[path] = new() { State = state };
    }

    private sealed class Entry
    {
        private bool _isComplete;

        public RecordedState State { get; set; }

        public List<byte> Content { get; } = [];

        /// <summary>Adds a piece of a list. A piece from the beginning is that of another reading.</summary>
        public void Add(ReadOnlySpan<byte> piece, long offset)
        {
            _isComplete |= offset == 0 && Content.Count > 0;
            if (!_isComplete && offset == Content.Count)
            {
                Content.AddRange(piece);
            }
        }

        public void Fail(Exception error)
        {
            if (Content.Count == 0)
            {
                State = error is UnauthorizedAccessException ? RecordedState.NotPermitted
                    : error is FileNotFoundException or DirectoryNotFoundException ? RecordedState.Missing
                    : RecordedState.Failed;
            }
        }
    }
}
