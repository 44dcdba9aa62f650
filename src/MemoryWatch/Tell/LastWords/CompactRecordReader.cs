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
    /// <summary>The keys of a record, in their order.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["t", "zone", "used", "heap", "rss", "split", "rest", "in", "top", "metrics"];

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
        catch (Exception exception) when (IsMalformed(exception))
        {
            return (CompactRecordState.Unknown, null);
        }
    }

    /// <summary>Reads what can be read of a record that is not whole. Nothing proves that these values are right.</summary>
    /// <param name="text">The text, from anywhere in a record on; anything may follow it.</param>
    /// <returns>The values, and the keys of those that could be read.</returns>
    public static (CompactRecord Record, IReadOnlyList<string> Keys) ReadRest(string text)
    {
        var record = new CompactRecord();
        List<string> known = [];
        foreach (var field in CompactRecordText.WithoutSpace(text).Split(';'))
        {
            var pair = field.Split('=', 2);
            if (pair.Length < 2 || !Keys.Contains(pair[0]) || known.Contains(pair[0]))
            {
                continue;
            }

            // The items of a list that came through are worth having.
            for (var value = pair[1]; value.Length > 0; value = WithoutLastItem(pair[0], value))
            {
                try
                {
                    record = With(record, pair[0], value);
                    known.Add(pair[0]);
                    break;
                }
                catch (Exception exception) when (IsMalformed(exception))
                {
                    // Tried again with less of it.
                }
            }
        }

        return (record, known);
    }

    private static CompactRecord Parse(string text)
    {
        // Keys that a later version adds are passed over.
        var fields = text.Split(';').Skip(1).Select(field => field.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? string.Empty);
        return Keys.Aggregate(new CompactRecord(), (record, key) => With(record, key, fields[key]));
    }

    private static CompactRecord With(CompactRecord record, string key, string value)
    {
        switch (key)
        {
            case "t":
                return record with { Time = DateTimeOffset.ParseExact(value, "yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) };
            case "zone":
                return record with { Zone = Enum.Parse<MemoryZone>(value) };
            case "used":
                var (used, source) = Item(value);
                return record with { Used = Usage(used, Enum.Parse<LimitSource>(source)) };
            case "heap":
                return record with { Heap = Usage(value, LimitSource.GCHeap) };
            case "rss":
                return record with { ResidentBytes = Size(value) };
            case "rest":
                return record with { RestOfContainerBytes = Size(value) };
            case "in":
                var (inFlight, inFlightCount) = List(value, InFlight);
                return record with { InFlight = inFlight, InFlightCount = inFlightCount };
            case "top":
                var (top, nameCount) = List(value, Total);
                return record with { Top = top, NameCount = nameCount };
            case "metrics":
                var (metrics, metricCount) = List(value, Metric);
                return record with { Metrics = metrics, MetricCount = metricCount };
            default:
                var split = value.Split(',').Select(part => part.Split(':', 2)).ToDictionary(pair => pair[0], pair => Size(pair[1]));
                return record with
                {
                    ManagedLiveBytes = split["live"],
                    ManagedOverheadBytes = split["gc"],
                    NativeBytes = split["native"],
                    SharedBytes = split["shared"],
                    FileBackedBytes = split["files"],
                };
        }
    }

    private static bool IsMalformed(Exception exception) =>
        exception is FormatException or OverflowException or ArgumentException or KeyNotFoundException or IndexOutOfRangeException;

    /// <summary>A list without its last item or what is left of it; empty if it has none, and for what is no list.</summary>
    private static string WithoutLastItem(string key, string value)
    {
        if (key is not ("in" or "top" or "metrics") || !value.Contains(':', StringComparison.Ordinal))
        {
            return string.Empty;
        }

        var end = value.LastIndexOf("),", StringComparison.Ordinal);
        return end >= 0 ? value[..(end + 1)] : value[..value.IndexOf(':', StringComparison.Ordinal)];
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
