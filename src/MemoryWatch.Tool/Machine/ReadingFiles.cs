using MemoryWatch.Files;
using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.Tool.Machine;

/// <summary>Files that readers only read: what changes files, and what belongs to the machine where the command runs, is not there.</summary>
internal abstract class ReadingFiles : IFiles
{
    public abstract bool Exists(string path);

    public abstract bool FolderExists(string path);

    public abstract SafeFileHandle Open(string path, FileMode mode, FileAccess access, FileShare share);

    public abstract int Read(SafeFileHandle file, Span<byte> buffer, long offset);

    public abstract byte[] ReadAll(string path);

    public abstract bool TryGetStatus(byte[] path, out Libc.FileStatus status);

    public abstract ReadOnlySpan<byte> ReadOnce(byte[] path, Span<byte> buffer);

    public FileStream OpenPrivate(string path, FileMode mode) => throw new NotSupportedException();

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset) => throw new NotSupportedException();

    public long GetLength(SafeFileHandle file) => throw new NotSupportedException();

    public void SetLength(SafeFileHandle file, long length) => throw new NotSupportedException();

    public string? LinkTarget(string path) => throw new NotSupportedException();

    public string? FinalTarget(string path) => throw new NotSupportedException();

    public int ResolvePath(byte[] path, Span<byte> resolved) => throw new NotSupportedException();

    public FileSystemUse GetFileSystem(string folder) => throw new NotSupportedException();

    public void CreateFolder(string path) => throw new NotSupportedException();

    public string[] List(string folder) => throw new NotSupportedException();

    public void Move(string from, string to, bool overwrite) => throw new NotSupportedException();

    public void Delete(string path) => throw new NotSupportedException();

    public virtual int? GetType(byte[] path, bool followLinks) => throw new NotSupportedException();

    public long? CountEntries(byte[] path) => throw new NotSupportedException();

    public int GetLogSize() => throw new NotSupportedException();

    public int ReadLog(Span<byte> buffer) => throw new NotSupportedException();
}
