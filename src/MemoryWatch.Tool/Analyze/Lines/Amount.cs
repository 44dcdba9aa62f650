using System.Buffers.Text;

namespace MemoryWatch.Tool.Analyze;

/// <summary>Reads numbers in the forms that the library writes.</summary>
internal static class Amount
{
    private const long Megabyte = 1 << 20;
    private const int MostDigits = 12;

    /// <summary>Reads <c>45.3 MB</c>, <c>512 MB</c> or <c>+12.6 MB</c> at the beginning of a text.</summary>
    /// <returns>Its length; 0 if it is none.</returns>
    public static int Megabytes(ReadOnlySpan<byte> text, out long bytes)
    {
        bytes = 0;
        var sign = text.Length > 0 && text[0] is (byte)'+' or (byte)'-' ? 1 : 0;
        var length = Tenths(text[sign..], out var tenths);
        if (length == 0 || !text[(sign + length)..].StartsWith(" MB"u8))
            return 0;

        bytes = ((tenths * Megabyte) + 5) / 10;
        bytes = sign == 1 && text[0] == '-' ? -bytes : bytes;
        return sign + length + 3;
    }

    /// <summary>Reads <c>12.4 s</c> or <c>38 ms</c>, which must be all of the text.</summary>
    public static TimeSpan? Duration(ReadOnlySpan<byte> text)
    {
        var length = Tenths(text, out var tenths);
        var unit = text[length..];
        return length == 0 ? null
            : unit.SequenceEqual(" s"u8) ? TimeSpan.FromTicks(tenths * (TimeSpan.TicksPerSecond / 10))
            : unit.SequenceEqual(" ms"u8) ? TimeSpan.FromTicks(tenths * (TimeSpan.TicksPerMillisecond / 10))
            : null;
    }

    /// <summary>Reads a number with at most one decimal, the form of all amounts; further decimals are passed over.</summary>
    /// <returns>Its length; 0 if it is none.</returns>
    public static int Tenths(ReadOnlySpan<byte> text, out long tenths)
    {
        tenths = 0;
        var at = 0;
        while (at < text.Length && char.IsAsciiDigit((char)text[at]))
            tenths = (tenths * 10) + (text[at++] - '0') is var next && at <= MostDigits ? next : 0;
        if (at is 0 or > MostDigits)
            return 0;

        tenths *= 10;
        if (at + 1 >= text.Length || text[at] != '.' || !char.IsAsciiDigit((char)text[at + 1]))
            return at;

        tenths += text[at + 1] - '0';
        at += 2;
        while (at < text.Length && char.IsAsciiDigit((char)text[at]))
            at++;
        return at;
    }

    /// <summary>Reads a whole number at the beginning of a text.</summary>
    /// <returns>Its length; 0 if it is none.</returns>
    public static int Whole(ReadOnlySpan<byte> text, out long value) =>
        Utf8Parser.TryParse(text, out value, out var length) && (length == text.Length || text[length] == ' ') ? length : 0;
}
