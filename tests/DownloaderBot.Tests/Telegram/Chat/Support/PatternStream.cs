using System.Security.Cryptography;

namespace DownloaderBot.Tests.Telegram.Chat.Support;

/// <summary>A file of any size that is nowhere: each byte follows from where it stands.</summary>
internal sealed class PatternStream(long length) : Stream
{
    private long _position;

    /// <summary>Called before each read.</summary>
    public Func<Task> BeforeRead { get; set; } = () => Task.CompletedTask;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => Volatile.Read(ref _position);
        set => Volatile.Write(ref _position, value);
    }

    /// <summary>What the stream holds from a place on.</summary>
    public static string Sha256(long from, long length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 << 10];
        for (var at = from; at < from + length; at += buffer.Length)
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, from + length - at));
            Fill(piece, at);
            hash.AppendData(piece);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await BeforeRead().WaitAsync(cancellationToken);
        var count = (int)Math.Min(buffer.Length, length - Position);
        Fill(buffer.Span[..count], Position);
        Position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static void Fill(Span<byte> piece, long at)
    {
        for (var i = 0; i < piece.Length; i++)
        {
            piece[i] = (byte)((at + i) * 31 >> 3);
        }
    }
}
