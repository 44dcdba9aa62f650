namespace MemoryWatch.Tool.Analyze;

/// <summary>Takes a message apart whose line ends a logger has replaced with spaces, as Microsoft's single-line and systemd forms do.</summary>
internal static class LineSplit
{
    private static readonly byte[][] Beginnings =
    [
        [.. " ├─ "u8], [.. " └─ "u8], [.. " Likely cause: "u8], [.. " Finding: "u8], [.. " 📊 MEMORY SNAPSHOT"u8], [.. " 📜 "u8], [.. " ⏳ "u8],
    ];

    /// <summary>The first line of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="rest">What follows it; empty if the text is one line.</param>
    public static ReadOnlySpan<byte> First(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> rest)
    {
        rest = [];
        if (!MayHaveSeveral(text))
            return text;

        var first = text.Length;
        foreach (var beginning in Beginnings)
        {
            if (text[1..].IndexOf(beginning) is >= 0 and var at && at + 1 < first)
                first = at + 1;
        }

        if (first == text.Length)
            return text;

        rest = text[(first + 1)..];
        return text[..first];
    }

    // Only a title has lines below it, and it has a tree sooner or later; the context of an operation may have any words.
    private static bool MayHaveSeveral(ReadOnlySpan<byte> text) =>
        (text.IndexOf(Beginnings[0]) >= 0 || text.IndexOf(Beginnings[1]) >= 0) && !(text[0] == 0xE2 && text[1] == 0x94 && text[3..].IndexOf((byte)0xE2) < 0);
}
