namespace MemoryWatch.Tool.Analyze;

/// <summary>Removes the codes that color a console.</summary>
internal static class AnsiCodes
{
    private const byte Escape = 0x1B;

    public static byte[] Without(ReadOnlySpan<byte> text)
    {
        var (plain, length) = (new byte[text.Length], 0);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != Escape)
            {
                plain[length++] = text[at];
                continue;
            }

            // The code ends with a letter.
            while (at + 1 < text.Length && !char.IsAsciiLetter((char)text[at]))
                at++;
        }

        return plain[..length];
    }
}
