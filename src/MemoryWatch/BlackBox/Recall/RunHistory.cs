using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Recall;

/// <summary>What a file knows of the course of memory. Rows have their metrics by their place in the file.</summary>
internal sealed record RunHistory
{
    /// <summary>Maximum number of ended operations that are read.</summary>
    public const int MostEnded = 70;

    /// <summary>The points of the last days, also those of earlier runs, the oldest first.</summary>
    public IReadOnlyList<HistoryItem> Points { get; init; } = [];

    /// <summary>The samples of the run, in the order of their sequence numbers.</summary>
    public IReadOnlyList<Reading> Readings { get; init; } = [];

    /// <summary>The metrics of the application, by their place in the file.</summary>
    public IReadOnlyList<MetricDefinition> Metrics { get; init; } = [];

    /// <summary>The ends of the last operations that ended, the oldest first.</summary>
    public IReadOnlyList<JournalEntry> Ended { get; init; } = [];

    /// <summary>The most native memory that is known, in bytes; <see langword="null"/> if none is.</summary>
    /// <param name="from">The start of the run; earlier points are of other runs.</param>
    public long? NativePeak(DateTimeOffset from) => HistoryRow.Bytes(Points.Where(point => point.Start >= from).Select(point => point.Row)
        .Concat(Readings.Select(reading => reading.Row))
        .Select(Native).DefaultIfEmpty(HistoryRow.UnknownSize).Max());

    /// <summary>The split counts a heap as native that has grown since its last GC; what it occupied says how much that was.</summary>
    private static int Native(int[] row)
    {
        if (row[HistoryRow.Native] < 0)
        {
            return HistoryRow.UnknownSize;
        }

        var managed = Math.Max(0, row[HistoryRow.ManagedLive]) + Math.Max(0, row[HistoryRow.ManagedOverhead]);
        return Math.Max(0, row[HistoryRow.Native] - Math.Max(0, row[HistoryRow.HeapMax] - managed));
    }

    /// <summary>A sample.</summary>
    internal sealed record Reading(long Sequence, DateTimeOffset Time, TimeSpan Clock, MemoryZone Zone, int[] Row);
}
