using System.Buffers.Binary;
using static WTelegram.Encryption;

namespace DownloaderBot.Tests.Telegram.Sessions.StandIn;

/// <summary>
/// MTProto's transport as a server sees it: a preamble of 64 bytes that carries the keys of two byte streams, then frames
/// of four bytes of length and what they hold ("intermediate").
/// </summary>
internal sealed class ObfuscatedFrames : IDisposable
{
    private const int PreambleBytes = 64;
    private const int MaxFrameBytes = 2 << 20;

    private readonly Stream _stream;
    private readonly AesCtr _incoming;
    private readonly AesCtr _outgoing;

    private ObfuscatedFrames(Stream stream, byte[] preamble)
    {
        var keys = preamble[8..56];
        _stream = stream;
        _incoming = new(keys[..32], keys[32..]);
        Array.Reverse(keys);
        _outgoing = new(keys[..32], keys[32..]);
        _incoming.EncryptDecrypt(preamble);
        DataCentre = BinaryPrimitives.ReadInt16LittleEndian(preamble.AsSpan(60));
    }

    /// <summary>Which one the client believes that it talks to; negative where it is there for files alone.</summary>
    public int DataCentre { get; }

    public static async Task<ObfuscatedFrames> AcceptAsync(Stream stream, CancellationToken cancel)
    {
        var preamble = new byte[PreambleBytes];
        await stream.ReadExactlyAsync(preamble, cancel);
        return new(stream, preamble);
    }

    public async Task<byte[]> ReadAsync(CancellationToken cancel)
    {
        var header = new byte[sizeof(int)];
        await _stream.ReadExactlyAsync(header, cancel);
        _incoming.EncryptDecrypt(header);
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length is <= 0 or > MaxFrameBytes)
        {
            throw new InvalidDataException($"A frame of {length} bytes");
        }

        var frame = new byte[length];
        await _stream.ReadExactlyAsync(frame, cancel);
        _incoming.EncryptDecrypt(frame);
        return frame;
    }

    public async Task WriteAsync(byte[] content, CancellationToken cancel)
    {
        var frame = new byte[sizeof(int) + content.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, content.Length);
        content.CopyTo(frame, sizeof(int));
        _outgoing.EncryptDecrypt(frame);
        await _stream.WriteAsync(frame, cancel);
    }

    public void Dispose()
    {
        _incoming.Dispose();
        _outgoing.Dispose();
    }
}
