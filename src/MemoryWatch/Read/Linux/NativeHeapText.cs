using System.Buffers.Text;

namespace MemoryWatch.Read;

/// <summary>
/// Parses the text of <c>malloc_info</c>, which comes in pieces of any length. Pure. It counts the arenas, and takes the totals from behind them; the
/// lists of free blocks in between are passed over.
/// </summary>
internal sealed class NativeHeapText
{
    // The longest lines have five numbers and are half as long.
    private const int LongestLine = 256;

    private readonly LineCutter _lines;
    private bool _isInArena;
    private int _arenas;
    private bool _isEnded;
    private long? _fast;
    private long? _rest;
    private long? _mapped;
    private long? _system;

    public NativeHeapText() => _lines = new(LongestLine, Take);

    public void Add(ReadOnlySpan<byte> piece) => _lines.Add(piece);

    /// <summary>The numbers; <see langword="null"/> if one of them is missing or implausible, or the text is not at its end.</summary>
    /// <param name="time">Time of the reading.</param>
    public NativeHeapReading? Read(DateTimeOffset time) =>
        _isEnded && !_isInArena && _arenas > 0 && _fast is { } fast && _rest is { } rest && _mapped is { } mapped && _system is { } system
        && fast <= system && rest <= system - fast && mapped <= long.MaxValue - system
            ? new(_arenas, system + mapped, fast + rest, time)
            : null;

    private void Take(ReadOnlySpan<byte> line)
    {
        line = line.Trim(" \t"u8);
        if (line.StartsWith("<heap "u8))
        {
            (_isInArena, _arenas) = (true, _arenas + 1);
        }
        else if (line.SequenceEqual("</heap>"u8))
        {
            _isInArena = false;
        }
        else if (line.SequenceEqual("</malloc>"u8))
        {
            _isEnded = true;
        }
        else if (!_isInArena)
        {
            TakeTotal(line);
        }
    }

    private void TakeTotal(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("<total type=\"fast\" "u8))
        {
            _fast = Size(line);
        }
        else if (line.StartsWith("<total type=\"rest\" "u8))
        {
            _rest = Size(line);
        }
        else if (line.StartsWith("<total type=\"mmap\" "u8))
        {
            _mapped = Size(line);
        }
        else if (line.StartsWith("<system type=\"current\" "u8))
        {
            _system = Size(line);
        }
    }

    private static long? Size(ReadOnlySpan<byte> line)
    {
        var name = " size=\""u8;
        var start = line.IndexOf(name);
        return start >= 0 && line[(start + name.Length)..] is [>= (byte)'0' and <= (byte)'9', ..] digits
            && Utf8Parser.TryParse(digits, out long size, out var used) && used < digits.Length && digits[used] == '"'
                ? size
                : null;
    }
}
