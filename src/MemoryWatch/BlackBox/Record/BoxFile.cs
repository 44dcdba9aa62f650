using Microsoft.Win32.SafeHandles;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// A file that is written in place. As long as it is open others can read it, but not for themselves alone, by which they know that its
/// process lives.
/// </summary>
internal sealed class BoxFile(string path) : IBoxFile
{
    private readonly SafeFileHandle _handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_handle, bytes, offset);

    public void Dispose() => _handle.Dispose();
}
