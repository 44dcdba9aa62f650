using System.Runtime.CompilerServices;
using MemoryWatch.Files;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.Tests.Simulation.Faults;

/// <summary>The files of this machine, of whose operations one fails: the n-th.</summary>
internal sealed class FailingFiles(int n, FileFault fault, FakeTimeProvider time) : IFiles
{
    /// <summary>Longer than any single write may take without being called slow.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(20);

    private static readonly FileFault[] OfCalls = [FileFault.Error, FileFault.NotPermitted, FileFault.Slow];
    private static readonly FileFault[] OfWrites = [FileFault.Error, FileFault.NotPermitted, FileFault.Cut, FileFault.Slow];
    private static readonly FileFault[] OfQueries = [FileFault.Error, FileFault.Slow];
    private static readonly FileFault[] OfReads =
        [FileFault.Error, FileFault.NotPermitted, FileFault.Cut, FileFault.Empty, FileFault.Junk, FileFault.Slow];

    private readonly DiskFiles _files = DiskFiles.Instance;
    private readonly ConditionalWeakTable<SafeFileHandle, string> _paths = [];
    private int _calls;

    /// <summary>The operation that failed; <see langword="null"/> if there were fewer than n.</summary>
    public string? Failed { get; private set; }

    /// <summary>The ways in which that operation can fail.</summary>
    public FileFault[] Possible { get; private set; } = [];

    /// <summary>Whether the answer was one that a file gives that was never there, as that of a machine without containers.</summary>
    public bool MeansMissing => Failed is not null && (fault == FileFault.Empty || Failed.StartsWith(nameof(Exists), StringComparison.Ordinal));

    public bool Exists(string path) => !Query(path) && _files.Exists(path);

    public bool FolderExists(string path) => !Query(path) && _files.FolderExists(path);

    public SafeFileHandle Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        Call(path);
        var handle = _files.Open(path, mode, access, share);
        _paths.Add(handle, path);
        return handle;
    }

    public FileStream OpenPrivate(string path, FileMode mode)
    {
        Call(path);
        var stream = _files.OpenPrivate(path, mode);
        _paths.Add(stream.SafeFileHandle, path);
        return stream;
    }

    public int Read(SafeFileHandle file, Span<byte> buffer, long offset) =>
        IsNth(PathOf(file), OfReads) ? Spoil(buffer, _files.Read(file, buffer, offset)) : _files.Read(file, buffer, offset);

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        if (IsNth(PathOf(file), OfWrites) && fault != FileFault.Slow)
        {
            if (fault == FileFault.Cut)
            {
                _files.Write(file, bytes[..(bytes.Length / 2)], offset);
            }

            Throw();
        }

        _files.Write(file, bytes, offset);
    }

    public long GetLength(SafeFileHandle file)
    {
        Call(PathOf(file));
        return _files.GetLength(file);
    }

    public void SetLength(SafeFileHandle file, long length)
    {
        Call(PathOf(file));
        _files.SetLength(file, length);
    }

    public byte[] ReadAll(string path)
    {
        var bytes = _files.ReadAll(path);
        return IsNth(path, OfReads) ? bytes[..Spoil(bytes, bytes.Length)] : bytes;
    }

    public string? LinkTarget(string path)
    {
        Call(path);
        return _files.LinkTarget(path);
    }

    public string? FinalTarget(string path)
    {
        Call(path);
        return _files.FinalTarget(path);
    }

    public int ResolvePath(byte[] path, Span<byte> resolved) => Query("a path to resolve") ? Libc.Missing : _files.ResolvePath(path, resolved);

    public FileSystemUse GetFileSystem(string folder)
    {
        Call(folder);
        return _files.GetFileSystem(folder);
    }

    public void CreateFolder(string path)
    {
        Call(path);
        _files.CreateFolder(path);
    }

    public string[] List(string folder)
    {
        Call(folder);
        return _files.List(folder);
    }

    public void Move(string from, string to, bool overwrite)
    {
        Call(from);
        _files.Move(from, to, overwrite);
    }

    public void Delete(string path)
    {
        Call(path);
        _files.Delete(path);
    }

    public int? GetType(byte[] path, bool followLinks) => Query("the type of a file") ? null : _files.GetType(path, followLinks);

    public bool TryGetStatus(byte[] path, out Libc.FileStatus status)
    {
        status = default;
        return !Query("the status of a file") && _files.TryGetStatus(path, out status);
    }

    public long? CountEntries(byte[] path) => Query("a count of entries") ? null : _files.CountEntries(path);

    public ReadOnlySpan<byte> ReadOnce(byte[] path, Span<byte> buffer)
    {
        var length = _files.ReadOnce(path, buffer).Length;
        return !IsNth("a file read once", OfReads) ? buffer[..length] : IsError ? default : buffer[..Spoil(buffer, length)];
    }

    // The real log of this machine has nothing to do with the run.
    public int GetLogSize() => Query("the size of the kernel's log") ? -1 : 4096;

    public int ReadLog(Span<byte> buffer) => Query("the kernel's log") ? -1 : 0;

    private bool IsError => fault is FileFault.Error or FileFault.NotPermitted;

    private string PathOf(SafeFileHandle file) => _paths.TryGetValue(file, out var path) ? path : "a file";

    /// <summary>Counts an operation that cannot throw.</summary>
    /// <returns>Whether it has no answer.</returns>
    private bool Query(string what, [CallerMemberName] string operation = "") =>
        IsNth(what, OfQueries, operation) && fault != FileFault.Slow;

    private void Call(string path, [CallerMemberName] string operation = "")
    {
        if (IsNth(path, OfCalls, operation) && fault != FileFault.Slow)
        {
            Throw();
        }
    }

    private bool IsNth(string path, FileFault[] possible, [CallerMemberName] string operation = "")
    {
        if (Interlocked.Increment(ref _calls) != n)
        {
            return false;
        }

        (Failed, Possible) = ($"{operation} {path}", possible);
        if (fault == FileFault.Slow)
        {
            time.Advance(Delay);
        }

        return true;
    }

    private int Spoil(Span<byte> buffer, int length)
    {
        switch (fault)
        {
            case FileFault.Cut:
                return length / 2;
            case FileFault.Empty:
                return 0;
            case FileFault.Junk:
                new Random(n).NextBytes(buffer[..length]);
                return length;
            case FileFault.Slow:
                return length;
            default:
                Throw();
                return 0;
        }
    }

    private void Throw() => throw (fault == FileFault.NotPermitted
        ? new UnauthorizedAccessException("Not permitted by the test.")
        : new IOException("Failed by the test."));
}
