using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace MemoryWatch.Read;

/// <summary>
/// Takes numbers from the text files of the Linux kernel. Pure, culture-free, allocation-free; on junk, on overflow
/// and on a line that was cut off the number is absent.
/// </summary>
/// <remarks>
/// What a reader calls a dozen times is not inlined: a call is nothing beside a read of the kernel's, and compiling readers that hold
/// all of it a dozen times took several MB of memory that the runtime's compiler does not give back.
/// </remarks>
internal static class KernelText
{
    /// <summary>The number that is all there is on the first line, such as in <c>memory.current</c>.</summary>
    public static long? Number(ReadOnlySpan<byte> text) => TryTakeLine(ref text, out var line) ? Parse(line) : null;

    /// <summary>The number at a position in a line of numbers with a space between, such as <c>statm</c>.</summary>
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

    public static long? Times(long? number, long factor) =>
        number is { } value && value <= long.MaxValue / factor ? value * factor : null;

    /// <summary>The next line without its end; a last line that has no end was cut off, so it is not one.</summary>
    public static bool TryTakeLine(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        var end = rest.IndexOf((byte)'\n');
        line = end < 0 ? default : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return end >= 0;
    }

    /// <summary>What stands behind the key on its line; empty where there is no such line, or no end to it.</summary>
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

        // The parser would take a sign, which the kernel never writes in front of an amount.
        return !text.IsEmpty
            && char.IsAsciiDigit((char)text[0])
            && Utf8Parser.TryParse(text, out long value, out var used)
            && used == text.Length
                ? value
                : null;
    }
}
