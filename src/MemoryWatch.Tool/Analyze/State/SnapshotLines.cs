namespace MemoryWatch.Tool.Analyze;

/// <summary>The lines below the title of a snapshot.</summary>
internal sealed class SnapshotLines
{
    private const int MostMetrics = 64;

    private readonly long?[] _values = new long?[MostMetrics];
    private readonly List<byte[]> _names = [];

    public long? ResidentBytes { get; private set; }

    public long? AvailableBytes { get; private set; }

    /// <summary>Used part of the limit, 0 to 1.</summary>
    public double? Fraction { get; private set; }

    /// <summary>Number of metrics.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<byte> NameOf(int index) => _names[index];

    public long? ValueOf(int index) => _values[index];

    /// <summary>Whether there was any line with the memory.</summary>
    public bool IsReadable => ResidentBytes is not null || Fraction is not null;

    public void Clear() => (ResidentBytes, AvailableBytes, Fraction, Count) = (null, null, null, 0);

    /// <summary>Takes a line.</summary>
    public void Take(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("RAM Usage: "u8))
            ResidentBytes = Amount.Megabytes(text[11..], out var resident) > 0 ? resident : null;
        else if (text.StartsWith("System: "u8))
            ReadSystem(text[8..]);
        else if (IsMetrics(text))
            ReadMetrics(text);
    }

    private void ReadSystem(ReadOnlySpan<byte> text)
    {
        var number = text.StartsWith("at "u8) ? text[(text[3..].IndexOf((byte)' ') + 4)..] : text;
        if (Amount.Tenths(number, out var tenths) is > 0 and var length && number[length..].StartsWith("%"u8))
            Fraction = tenths / 1000.0;
        var open = text.IndexOf((byte)'(');
        if (open < 0)
            return;

        var available = text[(open + 1)..];
        available = available.StartsWith("at "u8) ? available[(available[3..].IndexOf((byte)' ') + 4)..] : available;
        AvailableBytes = Amount.Megabytes(available, out var bytes) > 0 ? bytes : null;
    }

    /// <summary>Metrics are names with whole numbers, and nothing else in a snapshot is: amounts of memory have a decimal.</summary>
    private static bool IsMetrics(ReadOnlySpan<byte> text)
    {
        var colon = text.IndexOf(": "u8);
        return colon > 0 && !text.StartsWith("Context"u8) && IsValue(Part(text[(colon + 2)..]), out _);
    }

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> text) => text.IndexOf(" | "u8) is var end and >= 0 ? text[..end] : text;

    private static bool IsValue(ReadOnlySpan<byte> text, out long? value)
    {
        value = null;
        if (text.SequenceEqual("n/a"u8))
            return true;
        if (Amount.Whole(text, out var number) == 0)
            return false;
        value = number;
        return true;
    }

    private void ReadMetrics(ReadOnlySpan<byte> text)
    {
        while (text.Length > 0 && Count < MostMetrics)
        {
            var part = Part(text);
            text = part.Length == text.Length ? [] : text[(part.Length + 3)..];
            var colon = part.LastIndexOf(": "u8);
            if (colon <= 0 || !IsValue(part[(colon + 2)..], out var value))
                return;
            Name(part[..colon]);
            _values[Count++] = value;
        }
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        if (Count == _names.Count)
            _names.Add(name.ToArray());
        else if (!name.SequenceEqual(_names[Count]))
            _names[Count] = name.ToArray();
    }
}
