using System.IO.Compression;
using System.Text;
using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.Tool.Analyze;

/// <summary>Opens a log: unpacks gzip, converts UTF-16, and refuses what is no text.</summary>
internal static class LogInput
{
    private const int Beginning = 4096;

    /// <summary>Prepares a stream that is read from its beginning; the result owns it.</summary>
    /// <param name="stream">The file, or standard input.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="UnreadableException">It is no text.</exception>
    public static Stream Open(Stream stream, string name)
    {
        var input = new PeekedStream(stream, Beginning);
        if (input.Peeked.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            input = new PeekedStream(new GZipStream(input, CompressionMode.Decompress), Beginning);

        var peeked = input.Peeked;
        if (peeked.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Encoding.CreateTranscodingStream(input, Encoding.Unicode, Encoding.UTF8);
        if (peeked.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Encoding.CreateTranscodingStream(input, Encoding.BigEndianUnicode, Encoding.UTF8);
        if (peeked.StartsWith(BoxHeader.Magic))
            throw new UnreadableException($"'{name}' is a black box, not a log; 'memorywatch inspect {name}' reads it");
        return peeked.Contains((byte)0) ? throw new UnreadableException($"'{name}' is a binary file, not a log") : input;
    }
}
