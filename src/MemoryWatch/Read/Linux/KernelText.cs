using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace MemoryWatch.Read;

/// <summary>
/// Parses numbers in text files of the Linux kernel. Pure, culture-independent and allocation-free. The number is <see langword="null"/> if the text
/// is invalid, the number overflows or the line was cut off.
/// </summary>
/// <remarks>
/// Methods that a reader calls a dozen times are not inlined, because a call costs nothing compared with a read from the kernel. Compiling readers
/// with a dozen inlined copies took several MB of memory that the JIT compiler does not give back.
/// </remarks>
internal static class KernelText
{
    /// <summary>The number that is the whole first line, such as in <c>memory.current</c>.</summary>
    public static long? Number(ReadOnlySpan<byte> text) => TryTakeLine(ref text, out var line) ? Parse(line) : null;

    /// <summary>The number at a position in a line of space-separated numbers, such as <c>statm</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long? Field(ReadOnlySpan<byte> text, int index)
    {
        if (!TryTakeLine(ref text, out var rest))
        {
            return null;
        }

        while (true)
        {
            var end = rest.IndexOf((byte)' ');
            if (index-- == 0)
            {
                return Parse(end < 0 ? rest : rest[..end]);
            }

            if (end < 0)
            {
                return null;
            }

            rest = rest[(end + 1)..];
        }
    }

    /// <summary>The number of the line <c>key 123</c>, such as in <c>memory.stat</c>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long? Value(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key) => Parse(Line(text, key));

    /// <summary>The number of the line <c>key:   123 kB</c>, such as in <c>meminfo</c>, in bytes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long? Kilobytes(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key)
    {
        var line = Line(text, key);
        return line.EndsWith(" kB"u8) ? Times(Parse(line[..^3]), 1024) : null;
    }

    /// <summary>
    /// What follows the name in a <c>stat</c> file: the name is in parentheses and may itself contain any character. Empty if the name has no end.
    /// </summary>
    public static ReadOnlySpan<byte> AfterName(ReadOnlySpan<byte> text)
    {
        var end = text.LastIndexOf(") "u8);
        return end < 0 ? default : text[(end + 2)..];
    }

    public static long? Times(long? number, long factor) =>
        number is { } value && value <= long.MaxValue / factor ? value * factor : null;

    /// <summary>Takes the next line, without its line feed. A last line without a line feed was cut off and is not taken.</summary>
    public static bool TryTakeLine(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        var end = rest.IndexOf((byte)'\n');
        line = end < 0 ? default : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return end >= 0;
    }

    /// <summary>The text after the key on its line; empty if there is no such line or it was cut off.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key)
    {
        var atLineStart = true;
        while (text.IndexOf(key) is var found and >= 0)
        {
            var isKey = found == 0 ? atLineStart : text[found - 1] == '\n';
            text = text[(found + key.Length)..];
            if (isKey && !text.IsEmpty && text[0] is (byte)' ' or (byte)':')
            {
                var rest = text[1..];
                return TryTakeLine(ref rest, out var line) ? line : default;
            }

            atLineStart = false;
        }

        return default;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long? Parse(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t"u8);

        // The parser would accept a sign, which the kernel never writes before an amount.
        return !text.IsEmpty
            && char.IsAsciiDigit((char)text[0])
            && Utf8Parser.TryParse(text, out long value, out var used)
            && used == text.Length
                ? value
                : null;
    }
}
