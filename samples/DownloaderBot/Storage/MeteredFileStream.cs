using DownloaderBot.Sessions;

namespace DownloaderBot.Storage;

/// <summary>
/// Writes a file of a known size. It counts the bytes, stops a file that exceeds the size, and distinguishes a disk failure from a connection
/// failure; both throw <see cref="IOException"/>.
/// </summary>
internal sealed class MeteredFileStream(Stream file, long expectedBytes) : Stream
{
    public long Written { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static StorageException WriteFailed(IOException exception) =>
        new("I could not keep the file: my disk is full or failing. Please try again later.", exception);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Written += buffer.Length;
        if (Written > expectedBytes)
        {
            throw new WrongLengthException(expectedBytes, Written);
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

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("Write asynchronously.");

    public override Task FlushAsync(CancellationToken cancellationToken) => file.FlushAsync(cancellationToken);

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
