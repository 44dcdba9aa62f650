namespace MemoryWatch;

/// <summary>
/// The numbers of a point of the history as 32-bit integers, so that thousands of points take little memory: sizes in KB, metrics as the bits of a
/// single-precision number. The first place belongs to whoever keeps the row. Allocates nothing.
/// </summary>
internal static class HistoryRow
{
    public const int UsedMin = 1;
    public const int UsedMax = 2;
    public const int ResidentMax = 3;
    public const int HeapMax = 4;
    public const int ManagedLive = 5;
    public const int ManagedOverhead = 6;
    public const int Native = 7;
    public const int Shared = 8;
    public const int FileBacked = 9;
    public const int RestOfContainer = 10;
    public const int FirstMetric = 11;

    public const int FirstSize = UsedMin;
    public const int Sizes = FirstMetric - FirstSize;

    /// <summary>Metrics beyond these have no history.</summary>
    public const int MostMetrics = 16;

    /// <summary>A size that is not known; a real one is never negative.</summary>
    public const int UnknownSize = -1;

    /// <summary>A metric that is not known: the bits of a number that is none.</summary>
    public const int UnknownMetric = unchecked((int)0xFFC00000);

    /// <summary>Number of integers for so many metrics.</summary>
    public static int Width(int metrics) => FirstMetric + Math.Min(metrics, MostMetrics);

    public static void Clear(Span<int> row)
    {
        row[0] = 0;
        row[FirstSize..FirstMetric].Fill(UnknownSize);
        row[FirstMetric..].Fill(UnknownMetric);
    }

    /// <summary>Writes one reading.</summary>
    public static void Fill(Span<int> row, MemorySnapshot snapshot)
    {
        FillSizes(row, snapshot);
        var metrics = snapshot.Metrics;
        for (var i = FirstMetric; i < row.Length; i++)
        {
            row[i] = i - FirstMetric < metrics.Count ? OfMetric(metrics[i - FirstMetric].Value) : UnknownMetric;
        }
    }

    public static void FillSizes(Span<int> row, MemorySnapshot snapshot)
    {
        var split = snapshot.Split;
        row[UsedMin] = row[UsedMax] = OfBytes(snapshot.Usage.UsedBytes);
        row[ResidentMax] = OfBytes(snapshot.HighestResidentBytes);
        row[HeapMax] = OfBytes(snapshot.Managed.OccupiedBytes);
        row[ManagedLive] = OfBytes(split.ManagedLiveBytes);
        row[ManagedOverhead] = OfBytes(split.ManagedOverheadBytes);
        row[Native] = OfBytes(split.NativeBytes);
        row[Shared] = OfBytes(split.SharedBytes);
        row[FileBacked] = OfBytes(split.FileBackedBytes);
        row[RestOfContainer] = OfBytes(snapshot.RestOfContainerBytes);
    }

    /// <summary>Adds a later reading to a row: lowest, highest, and the parts of the reading with the highest used memory.</summary>
    public static void Merge(Span<int> row, ReadOnlySpan<int> later)
    {
        if (later[UsedMax] >= row[UsedMax])
        {
            later[ManagedLive..FirstMetric].CopyTo(row[ManagedLive..FirstMetric]);
        }

        if (later[UsedMin] >= 0 && (row[UsedMin] < 0 || later[UsedMin] < row[UsedMin]))
        {
            row[UsedMin] = later[UsedMin];
        }

        // What is not known is less than anything that is.
        for (var i = UsedMax; i <= HeapMax; i++)
        {
            row[i] = Math.Max(row[i], later[i]);
        }

        for (var i = FirstMetric; i < row.Length; i++)
        {
            if (IsMore(later[i], row[i]))
            {
                row[i] = later[i];
            }
        }
    }

    public static int OfBytes(long? bytes) => bytes is { } known and >= 0 ? (int)Math.Min(known >> 10, int.MaxValue) : UnknownSize;

    public static long? Bytes(int kilobytes) => kilobytes >= 0 ? (long)kilobytes << 10 : null;

    public static int OfMetric(long? value) => value is { } known ? BitConverter.SingleToInt32Bits(known) : UnknownMetric;

    public static long? Metric(int bits) => BitConverter.Int32BitsToSingle(bits) is var value && float.IsFinite(value) ? (long)value : null;

    private static bool IsMore(int bits, int thanBits) =>
        float.IsNaN(BitConverter.Int32BitsToSingle(thanBits)) || BitConverter.Int32BitsToSingle(bits) > BitConverter.Int32BitsToSingle(thanBits);
}
