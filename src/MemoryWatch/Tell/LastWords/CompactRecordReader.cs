using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>How the text of a compact record is.</summary>
internal enum CompactRecordState
{
    /// <summary>The checksum is right and everything could be read.</summary>
    Intact,

    /// <summary>The end is missing.</summary>
    CutOff,

    /// <summary>The checksum is wrong.</summary>
    Damaged,

    /// <summary>The checksum is right, but the fields are not those that this version knows.</summary>
    Unknown,
}

/// <summary>Finds compact records in a text such as a part of a log, copied with any wraps, and reads their numbers.</summary>
internal static class CompactRecordReader
{
    /// <summary>Reads all records of a text in their order.</summary>
    /// <returns>How each is, and its values if it is intact.</returns>
    public static IEnumerable<(CompactRecordState State, CompactRecord? Record)> ReadAll(string text)
    {
        var dense = CompactRecordText.WithoutSpace(text);
        var start = dense.IndexOf(CompactRecordText.Beginning, StringComparison.Ordinal);
        while (start >= 0)
        {
            var next = dense.IndexOf(CompactRecordText.Beginning, start + 1, StringComparison.Ordinal);
            yield return Read(dense.AsSpan(start, (next < 0 ? dense.Length : next) - start));
            start = next;
        }
    }

    private static (CompactRecordState State, CompactRecord? Record) Read(ReadOnlySpan<char> text)
    {
        var fields = text.IndexOf(CompactRecordText.Checksum, StringComparison.Ordinal);
        var end = fields + CompactRecordText.Checksum.Length;
        if (fields < 0 || text.Length < end + CompactRecordText.ChecksumLength)
        {
            return (CompactRecordState.CutOff, null);
        }

        if (!text.Slice(end, CompactRecordText.ChecksumLength).SequenceEqual(CompactRecordText.SumOf(text[..end])))
        {
            return (CompactRecordState.Damaged, null);
        }

        try
        {
            return (CompactRecordState.Intact, Parse(text[..fields].ToString()));
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or ArgumentException or KeyNotFoundException)
        {
            return (CompactRecordState.Unknown, null);
        }
    }

    private static CompactRecord Parse(string text)
    {
        // Keys that a later version adds are passed over.
        var fields = text.Split(';').Skip(1).Select(field => field.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? string.Empty);
        var split = fields["split"].Split(',').Select(part => part.Split(':', 2)).ToDictionary(pair => pair[0], pair => Size(pair[1]));
        var (used, source) = Item(fields["used"]);
        var (inFlight, inFlightCount) = List(fields["in"], InFlight);
        var (top, nameCount) = List(fields["top"], Total);
        var (metrics, metricCount) = List(fields["metrics"], Metric);
        return new()
        {
            Time = DateTimeOffset.ParseExact(fields["t"], "yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            Zone = Enum.Parse<MemoryZone>(fields["zone"]),
            Used = Usage(used, Enum.Parse<LimitSource>(source)),
            Heap = Usage(fields["heap"], LimitSource.GCHeap),
            ResidentBytes = Size(fields["rss"]),
            ManagedLiveBytes = split["live"],
            ManagedOverheadBytes = split["gc"],
            NativeBytes = split["native"],
            SharedBytes = split["shared"],
            FileBackedBytes = split["files"],
            RestOfContainerBytes = Size(fields["rest"]),
            InFlightCount = inFlightCount,
            InFlight = inFlight,
            NameCount = nameCount,
            Top = top,
            MetricCount = metricCount,
            Metrics = metrics,
        };
    }

    private static (T[] Items, int Count) List<T>(string text, Func<string, T> parse)
    {
        var parts = text.Split(':', 2);
        T[] items = parts.Length == 1 ? [] : [.. parts[1].Split("),", StringSplitOptions.None).Select(item => parse(item.TrimEnd(')')))];
        return (items, int.Parse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture));
    }

    private static CompactOperation InFlight(string text)
    {
        var (name, rest) = Item(text);
        var parts = rest.Split(',');
        return new(
            Name(name),
            Name(parts[0]),
            TimeSpan.FromSeconds(Number(parts[1].TrimEnd('s'))),
            Size(After(parts[2], "alloc:")) ?? 0,
            parts.Length > 3 ? Size(After(parts[3], "charged:")) ?? 0 : 0);
    }

    private static CompactTotal Total(string text)
    {
        var (name, rest) = Item(text);
        var parts = rest.Split(',');
        return new(Name(name), long.Parse(parts[0].TrimEnd('x'), NumberStyles.None, CultureInfo.InvariantCulture), Size(parts[1]));
    }

    private static CompactMetric Metric(string text)
    {
        var (name, value) = Item(text);
        return new(
            Name(name),
            value == MemoryText.NotAvailable ? null : long.Parse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    private static (string Name, string Inner) Item(string text)
    {
        var parts = text.Split('(', 2);
        return (parts[0], parts.Length > 1 ? parts[1].TrimEnd(')') : throw new FormatException());
    }

    private static MemoryUsage Usage(string text, LimitSource source)
    {
        var precision = text switch
        {
            _ when text.StartsWith("at-most:", StringComparison.Ordinal) => UsagePrecision.AtMost,
            _ when text.StartsWith("at-least:", StringComparison.Ordinal) => UsagePrecision.AtLeast,
            _ => UsagePrecision.Exact,
        };
        var numbers = Before(text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..], "MB");

        // Unknown is n/a, which has the separator too.
        var split = numbers.StartsWith(MemoryText.NotAvailable, StringComparison.Ordinal)
            ? MemoryText.NotAvailable.Length
            : numbers.IndexOf('/', StringComparison.Ordinal);
        return split < 0 || split >= numbers.Length
            ? throw new FormatException()
            : new()
            {
                UsedBytes = Bytes(numbers[..split]), LimitBytes = Bytes(numbers[(split + 1)..]), Source = source, Precision = precision,
            };
    }

    private static long? Size(string text) => text == MemoryText.NotAvailable ? null : Bytes(Before(text, "MB"));

    private static long? Bytes(string megabytes) =>
        megabytes == MemoryText.NotAvailable ? null : (long)Math.Round(Number(megabytes) * (1 << 20));

    private static double Number(string text) =>
        double.Parse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static string After(string text, string beginning) =>
        text.StartsWith(beginning, StringComparison.Ordinal) ? text[beginning.Length..] : throw new FormatException();

    private static string Before(string text, string end) =>
        text.EndsWith(end, StringComparison.Ordinal) ? text[..^end.Length] : throw new FormatException();

    /// <summary>Reads an escaped name. It is text from outside: control characters are escaped before it is shown.</summary>
    private static string Name(string text)
    {
        var isCut = text.EndsWith('~');
        var escaped = (isCut ? text[..^1] : text).Replace('+', ' ');
        var name = Uri.UnescapeDataString(escaped);
        return SafeText.Context(isCut ? $"{name}…" : name);
    }
}
