using MemoryWatch.Files;
using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// A file that is written in place. While it is open, other processes can read it but cannot open it exclusively. This shows them that its
/// process is alive.
/// </summary>
internal sealed class BoxFile(IFiles files, string path) : IBoxFile
{
    private readonly SafeFileHandle _handle = files.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);

    public void Write(ReadOnlySpan<byte> bytes, long offset) => files.Write(_handle, bytes, offset);

    public void Dispose() => _handle.Dispose();
}
