using System.IO.Compression;

namespace MemoryWatch.AspNetCore.Page;

/// <summary>The bytes of an answer. They are compressed at most once, however many viewers get them.</summary>
internal sealed class Content(byte[] plain)
{
    private readonly Lazy<ReadOnlyMemory<byte>> _compressed = new(() => Compress(plain));

    public byte[] Plain { get; } = plain;

    public ReadOnlyMemory<byte> Compressed => _compressed.Value;

    private static ReadOnlyMemory<byte> Compress(byte[] plain)
    {
        using var compressed = new MemoryStream(plain.Length / 3);
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return compressed.ToArray();
    }
}
