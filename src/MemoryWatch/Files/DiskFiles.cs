using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.Files;

/// <summary>The files of this machine.</summary>
internal sealed class DiskFiles : IFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private DiskFiles()
    {
    }

    public static DiskFiles Instance { get; } = new();

    public bool Exists(string path) => File.Exists(path);

    public bool FolderExists(string path) => Directory.Exists(path);

    public SafeFileHandle Open(string path, FileMode mode, FileAccess access, FileShare share) => File.OpenHandle(path, mode, access, share);

    public FileStream OpenPrivate(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new(path, options);
    }

    public int Read(SafeFileHandle file, Span<byte> buffer, long offset) => RandomAccess.Read(file, buffer, offset);

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(file, bytes, offset);

    public long GetLength(SafeFileHandle file) => RandomAccess.GetLength(file);

    public void SetLength(SafeFileHandle file, long length) => RandomAccess.SetLength(file, length);

    public byte[] ReadAll(string path) => File.ReadAllBytes(path);

    public string? LinkTarget(string path) => new FileInfo(path).LinkTarget;

    public string? FinalTarget(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName;

    public int ResolvePath(byte[] path, Span<byte> resolved) => Libc.ResolvePath(path, resolved);

    public FileSystemUse GetFileSystem(string folder)
    {
        var drive = new DriveInfo(folder);
        return new(drive.DriveFormat, drive.TotalSize, drive.TotalFreeSpace);
    }

    public void CreateFolder(string path) => Directory.CreateDirectory(path);

    public string[] List(string folder) => Directory.GetFiles(folder);

    public void Move(string from, string to, bool overwrite) => File.Move(from, to, overwrite);

    public void Delete(string path) => File.Delete(path);

    public int? GetType(byte[] path, bool followLinks) => Libc.GetType(path, followLinks);

    public bool TryGetStatus(byte[] path, out Libc.FileStatus status) => Libc.TryGetStatus(path, out status);

    public long? CountEntries(byte[] path) => Libc.CountEntries(path);

    public ReadOnlySpan<byte> ReadOnce(byte[] path, Span<byte> buffer) => Libc.ReadOnce(path, buffer);

    public int GetLogSize() => Libc.GetLogSize();

    public int ReadLog(Span<byte> buffer) => Libc.ReadLog(buffer);
}
