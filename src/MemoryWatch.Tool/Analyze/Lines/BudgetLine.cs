namespace MemoryWatch.Tool.Analyze;

/// <summary>The line of an exceeded budget: <c>: Download, allocated 45.3 MB / 20 MB after 3.2 s | User 5</c>.</summary>
internal static class BudgetLine
{
    public static BudgetAlert? Read(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith(": "u8))
            return null;

        text = text[2..];
        var (at, part) = (text.IndexOf(", allocated "u8), BudgetPart.Allocated);
        var number = at + 12;
        if (at < 0)
            (at, part, number) = (text.IndexOf(", memory "u8), BudgetPart.Change, text.IndexOf(", memory "u8) + 9);
        if (at <= 0 || Amount.Megabytes(text[number..], out var bytes) is not (> 0 and var length)
            || !text[(number + length)..].StartsWith(" / "u8) || Amount.Megabytes(text[(number + length + 3)..], out var budget) == 0)
            return null;

        return new BudgetAlert(0, ShortText.Show(text[..at]), default) { Part = part, Bytes = bytes, BudgetBytes = budget };
    }
}
