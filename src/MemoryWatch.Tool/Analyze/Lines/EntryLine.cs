namespace MemoryWatch.Tool.Analyze;

/// <summary>What an entry says of an operation.</summary>
internal enum EntryKind
{
    Mark,
    Started,
    Completed,
    Failed,
    Cancelled,
}

/// <summary>
/// The line of an operation or a mark: <c>Download Completed | User 123 | Memory: 153.1 MB (+0.6 MB, allocated 45.3 MB, 12.4 s)</c>.
/// </summary>
internal ref struct EntryLine
{
    public EntryKind Kind;
    public ReadOnlySpan<byte> Name;
    public ReadOnlySpan<byte> Context;
    public long? ResidentBytes;
    public long? ChangeBytes;
    public long? AllocatedBytes;
    public long? ChargedBytes;
    public TimeSpan? Duration;

    private static ReadOnlySpan<byte> Memory => " | Memory: "u8;

    /// <summary>Whether a text has the mark of an entry, well-formed or not.</summary>
    public static bool MayBe(ReadOnlySpan<byte> text) => text.IndexOf(Memory) > 0;

    /// <summary>Reads a line.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out EntryLine entry)
    {
        entry = default;

        // A context and an error may have the same words, so the last place with a number counts.
        for (var at = text.LastIndexOf(Memory); at > 0; at = text[..at].LastIndexOf(Memory))
        {
            var rest = text[(at + Memory.Length)..];
            if (entry.ReadMemory(rest))
                return entry.ReadTitle(text[..at]);
        }

        return false;
    }

    private bool ReadMemory(ReadOnlySpan<byte> text)
    {
        var length = Amount.Megabytes(text, out var resident);
        if (length > 0)
            ResidentBytes = resident;
        else if (text.StartsWith("n/a"u8))
            length = 3;
        else
            return false;

        text = text[length..];
        if (text.Length == 0 || text.StartsWith(" | "u8))
            return true;
        if (!text.StartsWith(" ("u8))
            return false;

        var end = text.IndexOf((byte)')');
        if (end < 0)
            return false;

        ReadEnd(text[2..end]);
        return true;
    }

    private void ReadEnd(ReadOnlySpan<byte> parts)
    {
        while (parts.Length > 0)
        {
            var comma = parts.IndexOf(", "u8);
            var part = comma < 0 ? parts : parts[..comma];
            parts = comma < 0 ? [] : parts[(comma + 2)..];
            if (part.Length == 0)
                continue;
            if (part[0] is (byte)'+' or (byte)'-')
                ChangeBytes = Amount.Megabytes(part, out var change) > 0 ? change : null;
            else if (part.StartsWith("allocated "u8))
                AllocatedBytes = Amount.Megabytes(part[10..], out var allocated) > 0 ? allocated : null;
            else if (part.StartsWith("charged "u8))
                ChargedBytes = Amount.Megabytes(part[8..], out var charged) > 0 ? charged : null;
            else
                Duration = Amount.Duration(part) ?? Duration;
        }
    }

    /// <summary>Reads the name and the context.</summary>
    private bool ReadTitle(ReadOnlySpan<byte> text)
    {
        var separator = text.IndexOf(" | "u8);
        while (separator >= 0)
        {
            if (KindOf(text[..separator]) is { } kind)
                return Set(kind, text[..separator], text[(separator + 3)..]);
            var next = text[(separator + 3)..].IndexOf(" | "u8);
            separator = next < 0 ? -1 : separator + 3 + next;
        }

        if (KindOf(text) is { } last)
            return Set(last, text, []);

        separator = text.IndexOf(" | "u8);
        return separator < 0 ? Set(EntryKind.Mark, text, []) : Set(EntryKind.Mark, text[..separator], text[(separator + 3)..]);
    }

    private bool Set(EntryKind kind, ReadOnlySpan<byte> title, ReadOnlySpan<byte> context)
    {
        Kind = kind;
        Context = context;
        Name = kind == EntryKind.Mark ? title : title[..title.LastIndexOf((byte)' ')];
        return Name.Length > 0;
    }

    private static EntryKind? KindOf(ReadOnlySpan<byte> title) =>
        title.EndsWith(" Started"u8) ? EntryKind.Started
        : title.EndsWith(" Completed"u8) ? EntryKind.Completed
        : title.EndsWith(" Failed"u8) ? EntryKind.Failed
        : title.EndsWith(" Cancelled"u8) ? EntryKind.Cancelled
        : null;
}
