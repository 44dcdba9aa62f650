using System.Buffers.Binary;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>
/// Four points of the history in a record, each of ten minutes. A point has the sizes of a <see cref="HistoryRow"/>, and metrics by their place in the
/// file: the first 16 of the application, threads, open files.
/// </summary>
internal static class HistoryRecord
{
    public const int CountOffset = 33;
    public const int IndexOffset = 34;
    public const int ItemsOffset = BodyOffset;

    public const int SizesAt = 4;
    public const int MetricsAt = SizesAt + HistoryRow.Sizes * sizeof(int);
    public const int StartAt = MetricsAt + Metrics * sizeof(int);
    public const int ItemSize = StartAt + sizeof(ushort);

    /// <summary>Metrics of a point; the last two are threads and open files.</summary>
    public const int Metrics = HistoryRow.MostMetrics + 2;

    public const int MostItems = (BoxFormat.RecordSize - ItemsOffset) / ItemSize;

    /// <summary>Time that a point covers.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    // The start of a run within a point: the second, and from this bit on 1 for a first run, or the verdict on the previous run and 2.
    private const int VerdictShift = 10;
    private const int FirstRun = 1;
    private const int FirstVerdict = 2;

    /// <summary>Index of the record in its part of the file.</summary>
    public static int Index(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt16LittleEndian(record[IndexOffset..]);

    public static void SetIndex(Span<byte> record, int index) => BinaryPrimitives.WriteUInt16LittleEndian(record[IndexOffset..], (ushort)index);

    /// <summary>Adds a point as the next of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="start">Start of the point.</param>
    /// <param name="row">Its numbers, with the metrics by their place in the file.</param>
    /// <param name="run">The last start of a run in this time, if there was one.</param>
    public static void Add(Span<byte> record, DateTimeOffset start, ReadOnlySpan<int> row, MemoryHistoryMark? run)
    {
        var item = record.Slice(ItemsOffset + record[CountOffset]++ * ItemSize, ItemSize);
        Put(item, 0, (int)(start.ToUnixTimeSeconds() / (long)Length.TotalSeconds));
        for (var i = 0; i < HistoryRow.Sizes + Metrics; i++)
        {
            Put(item, SizesAt + i * sizeof(int), row[HistoryRow.FirstSize + i]);
        }

        if (run is not null)
        {
            var second = Math.Clamp((int)(run.Time - start).TotalSeconds, 0, (int)Length.TotalSeconds - 1);
            var verdict = run.Verdict is { } known ? FirstVerdict + (int)known : FirstRun;
            BinaryPrimitives.WriteUInt16LittleEndian(item[StartAt..], (ushort)(verdict << VerdictShift | second));
        }
    }

    public static int Count(ReadOnlySpan<byte> record) => Math.Min((int)record[CountOffset], MostItems);

    /// <param name="record">A sound record.</param>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public static HistoryItem Read(ReadOnlySpan<byte> record, int index)
    {
        var item = record.Slice(ItemsOffset + index * ItemSize, ItemSize);
        var row = new int[HistoryRow.FirstSize + HistoryRow.Sizes + Metrics];
        for (var i = 0; i < HistoryRow.Sizes + Metrics; i++)
        {
            row[HistoryRow.FirstSize + i] = Int32(item, SizesAt + i * sizeof(int));
        }

        var start = DateTimeOffset.UnixEpoch.AddSeconds(Int32(item, 0) * Length.TotalSeconds is var seconds && Math.Abs(seconds) < MostSeconds ? seconds : 0);
        var run = BinaryPrimitives.ReadUInt16LittleEndian(item[StartAt..]);
        var (kind, second) = (run >> VerdictShift, run & (1 << VerdictShift) - 1);
        return new(
            start, row,
            kind == 0 ? null : start.AddSeconds(second),
            kind >= FirstVerdict ? (RunVerdict)Math.Min(kind - FirstVerdict, (int)RunVerdict.Restarted) : null);
    }

    // A thousand years: no clock is further away.
    private const double MostSeconds = 1000d * 365 * 24 * 3600;
}

/// <summary>A point of the history.</summary>
/// <param name="Start">Start of its ten minutes.</param>
/// <param name="Row">Its numbers, with the metrics by their place in the file.</param>
/// <param name="RunStart">The last start of a run in this time; <see langword="null"/> if there was none.</param>
/// <param name="Verdict">How the run before that start ended; <see langword="null"/> if there was none.</param>
internal sealed record HistoryItem(DateTimeOffset Start, int[] Row, DateTimeOffset? RunStart, RunVerdict? Verdict);
