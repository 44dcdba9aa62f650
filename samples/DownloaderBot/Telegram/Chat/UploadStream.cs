using DownloaderBot.Storage;

namespace DownloaderBot.Telegram.Chat;

/// <summary>
/// A file on its way up, once. It says its length, which a stream that only counts does not; it tells the call's time that
/// it gets on; and it leaves the file open, for another try.
/// </summary>
internal sealed class UploadStream : Stream
{
    /// <summary>A connection that takes nothing for so long is dead.</summary>
    private static readonly TimeSpan MostStall = TimeSpan.FromMinutes(2);

    /// <summary>From the last byte that was taken to the answer: what the system still has to send, on a slow line.</summary>
    private static readonly TimeSpan MostRest = TimeSpan.FromMinutes(5);

    /// <summary>And a server of one's own answers only once it has passed the file on to Telegram: at this pace, or faster.</summary>
    private const long PassedOnPerSecond = 1 << 20;

    private readonly Stream _file;
    private readonly CallTime _time;
    private readonly long _start;
    private long _position;

    /// <param name="file">Read from where it stands.</param>
    /// <param name="length">How much of it.</param>
    /// <param name="time">Given more whenever something was read.</param>
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
            // Else it would be taken for a fault of the connection.
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
        // There is nothing to write.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Extend() => _time.Extend(
        _position < Length ? MostStall : MostRest + TimeSpan.FromSeconds(Length / PassedOnPerSecond));
}
