using MemoryWatch.BlackBox.Record;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>A file that is only memory, on a disk that does what a test says.</summary>
internal sealed class MemoryBoxFile(long size) : IBoxFile
{
    private int _writes;

    public byte[] Bytes { get; } = new byte[size];

    public int Writes => Volatile.Read(ref _writes);

    /// <summary>Called before each write; may wait, move a clock, or throw.</summary>
    public Action? BeforeWrite { get; set; }

    public bool IsDisposed { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        BeforeWrite?.Invoke();
        bytes.CopyTo(Bytes.AsSpan((int)offset));
        Interlocked.Increment(ref _writes);
    }

    public int Read(Span<byte> buffer, long offset) => ReadFrom(Bytes, buffer, offset);

    public void Dispose() => IsDisposed = true;

    public static int ReadFrom(ReadOnlySpan<byte> file, Span<byte> buffer, long offset)
    {
        if (offset < 0 || offset >= file.Length)
        {
            return 0;
        }

        var there = file[(int)offset..];
        there = there[..Math.Min(there.Length, buffer.Length)];
        there.CopyTo(buffer);
        return there.Length;
    }
}
