namespace MemoryWatch.Tool.Analyze;

/// <summary>The first lines of messages.</summary>
internal enum TitleKind
{
    None,
    Snapshot,
    Spike,
    HighMemory,
    Elevated,
    Critical,
    Imminent,
    Healthy,
    BackToCritical,
    BackToElevated,
    OverMaximum,
    OverBudget,
    Thrashing,
    Throttled,
    HeapHeld,
    OutOfMemory,
    AfterStart,
    Swings,
    GrewDuringOperation,
    Forgotten,
    NotCollected,
    Leak,
    PreviousRun,
    LastWords,
    Started,
    Stopped,
    Compact,
}

/// <summary>Recognizes the first line of a message by the words that never change.</summary>
internal static class Titles
{
    private static readonly (byte[] Words, TitleKind Kind)[] All =
    [
        ([.. "MEMORY SNAPSHOT"u8], TitleKind.Snapshot), ([.. "MEMORY SPIKE DETECTED"u8], TitleKind.Spike), ([.. "HIGH MEMORY USAGE"u8], TitleKind.HighMemory),
        ([.. "MEMORY ELEVATED"u8], TitleKind.Elevated), ([.. "MEMORY CRITICAL"u8], TitleKind.Critical),
        ([.. "MEMORY LIMIT IMMINENT"u8], TitleKind.Imminent), ([.. "MEMORY HEALTHY"u8], TitleKind.Healthy),
        ([.. "MEMORY BACK TO CRITICAL"u8], TitleKind.BackToCritical), ([.. "MEMORY BACK TO ELEVATED"u8], TitleKind.BackToElevated),
        ([.. "OVER MAXIMUM"u8], TitleKind.OverMaximum), ([.. "OVER BUDGET"u8], TitleKind.OverBudget), ([.. "PAGE CACHE THRASHING"u8], TitleKind.Thrashing),
        ([.. "MEMORY THROTTLED"u8], TitleKind.Throttled), ([.. "HEAP SPACE HELD"u8], TitleKind.HeapHeld), ([.. "OUT OF MEMORY"u8], TitleKind.OutOfMemory),
        ([.. "MEMORY AFTER START"u8], TitleKind.AfterStart), ([.. "MEMORY SWINGS"u8], TitleKind.Swings),
        ([.. "MEMORY GREW DURING OPERATION"u8], TitleKind.GrewDuringOperation), ([.. "FORGOTTEN OPERATIONS"u8], TitleKind.Forgotten),
        ([.. "NOT COLLECTED"u8], TitleKind.NotCollected), ([.. "MEMORY LEAK"u8], TitleKind.Leak), ([.. "PREVIOUS RUN"u8], TitleKind.PreviousRun),
        ([.. "LAST WORDS"u8], TitleKind.LastWords), ([.. "Memory watch started"u8], TitleKind.Started), ([.. "Memory watch stopped"u8], TitleKind.Stopped),
        ([.. "MW1;"u8], TitleKind.Compact),
    ];

    /// <summary>The words of a title, for people.</summary>
    public static string Words(TitleKind kind) => System.Text.Encoding.UTF8.GetString(Array.Find(All, title => title.Kind == kind).Words ?? []);

    /// <summary>Recognizes a title.</summary>
    /// <param name="text">The line, after the symbol that it may begin with.</param>
    /// <param name="rest">What follows its words.</param>
    public static TitleKind Of(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> rest)
    {
        rest = [];
        if (text.Length < 4 || text[0] is not (>= (byte)'F' and <= (byte)'P') || !(char.IsAsciiLetterUpper((char)text[1]) || text.StartsWith("Memory "u8)))
            return TitleKind.None;

        foreach (var (words, kind) in All)
        {
            if (text.StartsWith(words))
            {
                rest = text[words.Length..];
                return IsWhole(rest) ? kind : TitleKind.None;
            }
        }

        return TitleKind.None;
    }

    /// <summary>The line without the symbol at its beginning, or what stands for a symbol that a console cannot show.</summary>
    public static ReadOnlySpan<byte> WithoutSymbol(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && (text[at] >= 0x80 || text[at] == '?'))
            at++;
        return at > 0 && at <= 10 && at < text.Length && text[at] == ' ' ? text[(at + 1)..].TrimStart((byte)' ') : text;
    }

    // An operation may be called as a title; then its name goes on.
    private static bool IsWhole(ReadOnlySpan<byte> rest) => rest.IsEmpty || rest[0] is (byte)':' or (byte)' ' or (byte)';';
}
