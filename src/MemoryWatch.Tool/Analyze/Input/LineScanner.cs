namespace MemoryWatch.Tool.Analyze;

/// <summary>
/// Finds the lines of a log that may be of this library. Most lines of most logs are not, so the buffer is searched for the words that such a line has, and
/// other lines are only counted.
/// </summary>
/// <remarks>
/// Each word is searched for by itself, from where it was found last: every byte is looked at once for each word, many bytes at a time, and the line
/// around the nearest find is passed on.
/// </remarks>
internal sealed class LineScanner(ILineSink sink, int bufferBytes = LineScanner.DefaultBuffer)
{
    // Small enough for the second cache of a processor, which is read once for each word.
    public const int DefaultBuffer = 256 << 10;

    private const byte NewLine = (byte)'\n';
    private const int Nowhere = int.MaxValue;

    // "Memory" is in the line of each operation and in the library's category, and "MEMORY" in most titles. The others begin with a symbol, and are
    // searched for by its bytes: one of the last planes, and the warning sign, the crosses, the
    // check marks, and the branches of a tree, also as JSON may write them. A container's runtime cuts a long line, and only one of its parts may have a word.
    private static readonly byte[][] Words =
    [
        [.. "Memory"u8], [.. "MEMORY"u8], [.. "MW1;"u8], [.. "GC freed"u8], [0xF0, 0x9F], [0xE2, 0x9A, 0xA0], [0xE2, 0x9D], [0xE2, 0x9C, 0x85],
        [0xE2, 0x94], [.. "\\u251"u8], [.. "Likely cause: "u8], [.. "Finding: "u8], [.. "OVER "u8], [.. "PREVIOUS RUN"u8], [.. "stdout P "u8],
    ];

    private readonly byte[] _buffer = new byte[bufferBytes];
    private readonly int[] _found = new int[Words.Length];

    /// <summary>Number of lines so far.</summary>
    public long Lines { get; private set; }

    /// <summary>Number of bytes so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Reads a text to its end.</summary>
    /// <param name="stream">The text.</param>
    /// <param name="progress">Learns how many bytes have been read.</param>
    /// <param name="cancellation">Ends it.</param>
    public void Read(Stream stream, Action<long>? progress, CancellationToken cancellation)
    {
        var (filled, isSkipping) = (0, false);
        while (stream.Read(_buffer, filled, _buffer.Length - filled) is > 0 and var read)
        {
            cancellation.ThrowIfCancellationRequested();
            Bytes += read;
            progress?.Invoke(Bytes);
            var end = _buffer.AsSpan(filled, read).LastIndexOf(NewLine);
            if (end < 0)
            {
                filled += read;
                if (filled == _buffer.Length)
                    (filled, isSkipping) = (0, Skip(isSkipping));
                continue;
            }

            (end, filled) = (filled + end + 1, filled + read);
            var start = isSkipping ? _buffer.AsSpan(0, end).IndexOf(NewLine) + 1 : 0;
            Lines += isSkipping ? 1 : 0;
            isSkipping = false;
            Scan(_buffer.AsMemory(start, end - start));
            _buffer.AsSpan(end, filled - end).CopyTo(_buffer);
            filled -= end;
        }

        if (isSkipping)
            Lines++;
        else if (filled > 0)
            Scan(_buffer.AsMemory(0, filled));
    }

    /// <summary>The rest of a line that does not fit in the buffer is passed over.</summary>
    private bool Skip(bool wasSkipping)
    {
        if (!wasSkipping)
            sink.Overlong(Lines + 1);
        return true;
    }

    private void Scan(ReadOnlyMemory<byte> memory)
    {
        var text = memory.Span;
        Array.Fill(_found, -1);
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            if (!sink.WantsNext)
            {
                var hit = Nearest(text, at);
                if (hit == Nowhere)
                {
                    Lines += Count(text[at..]);
                    return;
                }

                start = text[at..hit].LastIndexOf(NewLine) is var before and >= 0 ? at + before + 1 : at;
                Lines += text[at..start].Count(NewLine);
            }

            var length = text[start..].IndexOf(NewLine);
            at = length < 0 ? text.Length : start + length + 1;
            Lines++;
            sink.Take(memory[start..(length < 0 ? text.Length : start + length)], Lines);
        }
    }

    /// <summary>The nearest word from a place on.</summary>
    private int Nearest(ReadOnlySpan<byte> text, int at)
    {
        var nearest = Nowhere;
        for (var i = 0; i < _found.Length; i++)
        {
            if (_found[i] < at)
                _found[i] = text[at..].IndexOf(Words[i]) is >= 0 and var next ? at + next : Nowhere;
            nearest = Math.Min(nearest, _found[i]);
        }

        return nearest;
    }

    /// <summary>The number of lines; the last line of a file may have no end.</summary>
    private static int Count(ReadOnlySpan<byte> text) => text.Count(NewLine) + (text[^1] == NewLine ? 0 : 1);
}
