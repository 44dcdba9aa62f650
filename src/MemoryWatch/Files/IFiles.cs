using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.Files;

/// <summary>
/// Every operation on files that the library performs, in one place, so that a test can make any single one of them fail. In production it is
/// <see cref="DiskFiles"/>. Methods throw what the operation of .NET throws. Those that take a path as bytes call the C library: the path is UTF-8
/// with a zero at its end, and they throw only if there is no such call. Thread-safe.
/// </summary>
internal interface IFiles
{
    /// <summary>Whether something other than a folder is at the path.</summary>
    bool Exists(string path);

    bool FolderExists(string path);

    SafeFileHandle Open(string path, FileMode mode, FileAccess access, FileShare share);

    /// <summary>Opens a file for writing that no other process can open meanwhile; if it creates it, only this user can access it.</summary>
    FileStream OpenPrivate(string path, FileMode mode);

    /// <summary>Performs one positional read. A quick reading is this call and nothing else.</summary>
    int Read(SafeFileHandle file, Span<byte> buffer, long offset);

    void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);

    long GetLength(SafeFileHandle file);

    void SetLength(SafeFileHandle file, long length);

    byte[] ReadAll(string path);

    /// <summary>What a symbolic link contains; <see langword="null"/> if the path is none.</summary>
    string? LinkTarget(string path);

    /// <summary>The full path that a symbolic link leads to in the end; <see langword="null"/> if the path is none.</summary>
    string? FinalTarget(string path);

    /// <inheritdoc cref="Libc.ResolvePath"/>
    int ResolvePath(byte[] path, Span<byte> resolved);

    /// <summary>Type and size of the file system that a folder is on, as <c>statfs</c> reports them.</summary>
    FileSystemUse GetFileSystem(string folder);

    void CreateFolder(string path);

    /// <summary>The full paths of the files in a folder.</summary>
    string[] List(string folder);

    void Move(string from, string to, bool overwrite);

    void Delete(string path);

    /// <inheritdoc cref="Libc.GetType"/>
    int? GetType(byte[] path, bool followLinks);

    /// <inheritdoc cref="Libc.TryGetStatus"/>
    bool TryGetStatus(byte[] path, out Libc.FileStatus status);

    /// <inheritdoc cref="Libc.CountEntries"/>
    long? CountEntries(byte[] path);

    /// <inheritdoc cref="Libc.ReadOnce"/>
    ReadOnlySpan<byte> ReadOnce(byte[] path, Span<byte> buffer);

    /// <inheritdoc cref="Libc.GetLogSize"/>
    int GetLogSize();

    /// <inheritdoc cref="Libc.ReadLog"/>
    int ReadLog(Span<byte> buffer);
}
