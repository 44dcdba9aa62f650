using DownloaderBot.Sessions;

namespace DownloaderBot.Storage;

/// <summary>
/// A file of a known length that passes through, in either direction. It counts the bytes, and distinguishes a disk failure from a connection
/// failure; both throw <see cref="IOException"/>.
/// </summary>
/// <param name="file">The file; it is written or read from its current position, which is position 0 here.</param>
/// <param name="length">The length. What is written beyond it is refused, what is beyond it in the file is not read.</param>
/// <param name="moved">Called with the position after each write or read.</param>
/// <param name="leaveOpen">Whether the file stays open when this is disposed.</param>
internal sealed class MeteredStream(Stream file, long length, Action<long>? moved = null, bool leaveOpen = false) : Stream
{
    private readonly long _start = file.Position;
    private long _moved;

    /// <summary>The bytes written or read so far; known also after the file is closed. Seeking back reduces it.</summary>
    public long Moved => Volatile.Read(ref _moved);

    public override bool CanRead => file.CanRead;

    public override bool CanSeek => file.CanSeek;

    public override bool CanWrite => file.CanWrite;

    public override long Length => length;

    public override long Position
    {
        get => Moved;
        set
        {
            file.Position = _start + value;
            Volatile.Write(ref _moved, value);
        }
    }

    public static StorageException WriteFailed(IOException exception) =>
        new("I could not keep the file: my disk is full or failing. Please try again later.", exception);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await file.ReadAsync(buffer[..(int)Math.Min(buffer.Length, Math.Max(length - Moved, 0))], cancellationToken);
            Move(read);
            return read;
        }
        catch (IOException exception)
        {
            throw new StorageException("I could not read the file again: my disk is failing. Please try again later.", exception);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Move(buffer.Length);
        if (Moved > length)
        {
            throw new WrongLengthException(length, Moved);
        }

        try
        {
            await file.WriteAsync(buffer, cancellationToken);
        }
        catch (IOException exception)
        {
            throw WriteFailed(exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write asynchronously.");

    public override Task FlushAsync(CancellationToken cancellationToken) => file.FlushAsync(cancellationToken);

    public override void Flush() => file.Flush();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Move(int bytes)
    {
        Volatile.Write(ref _moved, _moved + bytes);
        moved?.Invoke(_moved);
    }
}
