using DownloaderBot.Storage;

namespace DownloaderBot.Telegram.Chat;

/// <summary>
/// A file for one upload attempt. It reports its length, which a stream that only counts does not. It extends the call's time while data are
/// read, and leaves the file open for another attempt.
/// </summary>
internal sealed class UploadStream : Stream
{
    /// <summary>A connection that accepts no data for this time is dead.</summary>
    private static readonly TimeSpan MostStall = TimeSpan.FromMinutes(2);

    /// <summary>Time from the last byte read to the answer: the system may still have to send data on a slow line.</summary>
    private static readonly TimeSpan MostRest = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A self-hosted server answers only after it has passed the file on to Telegram: at this rate or faster, in bytes per second.
    /// </summary>
    private const long PassedOnPerSecond = 1 << 20;

    private readonly Stream _file;
    private readonly CallTime _time;
    private readonly long _start;
    private long _position;

    /// <param name="file">The file, read from its current position.</param>
    /// <param name="length">Number of bytes to read.</param>
    /// <param name="time">The call's time limit, extended at each read.</param>
    public UploadStream(Stream file, long length, CallTime time)
    {
        (_file, Length, _time, _start) = (file, length, time, file.Position);
        Extend();
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => _position = (_file.Position = _start + value) - _start;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await _file.ReadAsync(buffer[..(int)Math.Min(buffer.Length, Length - _position)], cancellationToken);
            _position += read;
            Extend();
            return read;
        }
        catch (IOException exception)
        {
            // Otherwise it would count as a connection failure.
            throw new StorageException("I could not read the file again: my disk is failing. Please try again later.", exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
        // A read-only stream has no data to flush.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Extend() => _time.Extend(
        _position < Length ? MostStall : MostRest + TimeSpan.FromSeconds(Length / PassedOnPerSecond));
}
