using System.Globalization;
using System.Numerics;
using System.Text;

namespace MemoryWatch.Tell;

/// <summary>
/// Writes a compact record: one ASCII line that is readable without a tool and survives being copied out of a web console. White space has no
/// meaning, so a console may wrap the line anywhere, and the checksum is over the text without it.
/// </summary>
/// <remarks>
/// <code>
/// MW1; t=2026-11-22T10:15:14Z; zone=Critical; used=460.0/512.0MB(Container); heap=201.3/384.0MB; rss=455.1MB;
/// split=live:180.2MB,gc:30.0MB,native:60.0MB,shared:11.8MB,files:40.0MB; rest=n/a; in=3: Download(User+5,12.4s,alloc:45.3MB), …;
/// top=2: Download(12x,540.0MB), …; metrics=6: Sessions(3), Queue(n/a), …; crc=1A2B3C4D
/// </code>
/// The keys always have this order. In names, a space is <c>+</c>, and a character that is no ASCII letter or digit nor one of <c>. _ - /</c> is
/// its UTF-8 bytes as <c>%F0</c>, so no name can contain a separator. A name that was cut off ends with <c>~</c>.
/// </remarks>
internal static class CompactRecordText
{
    public const int MaxLength = 1500;
    public const string Beginning = "MW1;t=";
    public const string Checksum = ";crc=";
    public const int ChecksumLength = 8;

    private const int MaxNameLength = 36;

    // Where each list ends at the latest; what one leaves is for the next.
    private const int InFlightEnd = 840;
    private const int TopEnd = 1060;
    private const int MetricsEnd = 1480;

    public static string Write(MemorySnapshot snapshot, OperationInFlight[] inFlight, OperationTotals[] totals)
    {
        var split = snapshot.Split;
        var text = new StringBuilder(MaxLength)
            .Append(CultureInfo.InvariantCulture, $"MW1; t={snapshot.Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z; zone={snapshot.Zone}")
            .Append("; used=").Append(Usage(snapshot.Usage)).Append('(').Append(snapshot.Usage.Source).Append(')')
            .Append("; heap=").Append(Usage(snapshot.HeapUsage))
            .Append("; rss=").Append(Size(snapshot.Process.ResidentBytes))
            .Append("; split=live:").Append(Size(split.ManagedLiveBytes))
            .Append(",gc:").Append(Size(split.ManagedOverheadBytes))
            .Append(",native:").Append(Size(split.NativeBytes))
            .Append(",shared:").Append(Size(split.SharedBytes))
            .Append(",files:").Append(Size(split.FileBackedBytes))
            .Append("; rest=").Append(Size(snapshot.RestOfContainerBytes));
        var byAllocation = inFlight.OrderByDescending(o => o.Allocation.AllocatedBytes + o.Allocation.ChargedBytes).ThenByDescending(o => o.Age);
        List(text.Append("; in="), inFlight.Length, byAllocation.Select(Item), InFlightEnd);
        List(text.Append("; top="), totals.Length, totals.Select(Item), TopEnd);
        List(text.Append("; metrics="), snapshot.Metrics.Count, snapshot.Metrics.Select(Item), MetricsEnd);
        text.Append("; crc=");
        return text.Append(SumOf(WithoutSpace(text.ToString()))).ToString();
    }

    /// <summary>The checksum of a record's text from its beginning to <c>crc=</c>, without white space.</summary>
    public static string SumOf(ReadOnlySpan<char> text)
    {
        // CRC32C; the length is included because characters may be lost.
        var sum = BitOperations.Crc32C(uint.MaxValue, (uint)text.Length);
        foreach (var c in text)
        {
            sum = BitOperations.Crc32C(sum, (ushort)c);
        }

        return (~sum).ToString("X8", CultureInfo.InvariantCulture);
    }

    public static string WithoutSpace(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static void List(StringBuilder text, int count, IEnumerable<string> items, int end)
    {
        text.Append(CultureInfo.InvariantCulture, $"{count}");
        var separator = ": ";
        foreach (var item in items)
        {
            if (text.Length + separator.Length + item.Length > end)
            {
                return;
            }

            text.Append(separator).Append(item);
            separator = ", ";
        }
    }

    private static string Item(OperationInFlight operation)
    {
        var charged = operation.Allocation.ChargedBytes > 0 ? $",charged:{Size(operation.Allocation.ChargedBytes)}" : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Name(operation.Name)}({Name(operation.Context.Text)},{operation.Age.TotalSeconds:0.0}s,alloc:{Size(operation.Allocation.AllocatedBytes)}{charged})");
    }

    private static string Item(OperationTotals totals) =>
        string.Create(CultureInfo.InvariantCulture, $"{Name(totals.Name)}({totals.Count}x,{Size(totals.AllocatedTotalBytes)})");

    private static string Item(MetricValue metric) => $"{Name(metric.Definition.Name)}({MemoryText.Count(metric.Value)})";

    private static string Usage(in MemoryUsage usage)
    {
        var bound = usage.Precision switch
        {
            UsagePrecision.AtMost => "at-most:",
            UsagePrecision.AtLeast => "at-least:",
            _ => string.Empty,
        };
        return $"{bound}{Megabytes(usage.UsedBytes)}/{Megabytes(usage.LimitBytes)}MB";
    }

    private static string Size(long? bytes) => bytes is null ? MemoryText.NotAvailable : $"{Megabytes(bytes)}MB";

    private static string Megabytes(long? bytes) => MemoryText.Megabytes(bytes).Replace(" MB", string.Empty, StringComparison.Ordinal);

    private static string Name(string? name)
    {
        var text = new StringBuilder();
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in (name ?? string.Empty).EnumerateRunes())
        {
            var before = text.Length;
            if (rune.Value == ' ')
            {
                text.Append('+');
            }
            else if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value is '.' or '_' or '-' or '/'))
            {
                text.Append((char)rune.Value);
            }
            else
            {
                foreach (var part in utf8[..rune.EncodeToUtf8(utf8)])
                {
                    text.Append(CultureInfo.InvariantCulture, $"%{part:X2}");
                }
            }

            if (text.Length >= MaxNameLength)
            {
                return text.Remove(before, text.Length - before).Append('~').ToString();
            }
        }

        return text.ToString();
    }
}
