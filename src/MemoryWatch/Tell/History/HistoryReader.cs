using MemoryWatch.Track;

namespace MemoryWatch.Tell;

/// <summary>Makes a history for the application from the book. Any thread.</summary>
internal sealed class HistoryReader(HistoryBook book, OperationStore operations, TimeProvider time)
{
    /// <summary>Maximum number of operations in flight that are read, and that are shown.</summary>
    private const int MostRead = 512;
    private const int MostShown = 128;

    /// <param name="window">How far to go back, above 0.</param>
    /// <param name="metrics">The metrics of the snapshots.</param>
    /// <param name="journal">Number of the last journal entry that the book has.</param>
    /// <param name="current">The last reading.</param>
    /// <param name="edges">The edges of the zones.</param>
    public MemoryHistory Read(TimeSpan window, MetricDefinition[] metrics, long journal, MemorySnapshot current, ZoneEdges edges)
    {
        window = window < HistoryBook.Longest ? window : HistoryBook.Longest;
        var level = book.LevelOf(window);
        var (ring, width) = (book.Ring(level), book.Width);

        // In this order: an operation that ends meanwhile is then both in flight and ended, and not missing.
        var inFlight = operations.InFlight.Oldest(MostRead);
        var ended = operations.Journal.Last();
        var copy = book.Gate.Read(() => Copy(level, window));
        return new()
        {
            Time = new(copy.Last, TimeSpan.Zero),
            Window = window,
            Resolution = ring.Length,
            Usage = current.Usage,
            HeapUsage = current.HeapUsage,
            Zone = current.Zone,
            ElevatedBytes = edges.Elevated,
            CriticalBytes = edges.Critical,
            ImminentBytes = edges.Imminent,
            Metrics = metrics.Length <= HistoryRow.MostMetrics ? metrics : metrics[..HistoryRow.MostMetrics],
            Points = Points(copy, width, ring),
            Marks = copy.Marks,
            Operations = Operations(copy.Spans, ended, journal, inFlight, copy.Since),
            Counts = copy.Counts,
        };
    }

    private HistoryCopy Copy(int level, TimeSpan window)
    {
        var (ring, last) = (book.Ring(level), book.Last);
        var since = Math.Max(0, last - window.Ticks);
        var count = ring.Count;
        var first = Math.Min(ring.IndexFrom(ring.Of(since) + 1), count);
        var (cells, gaps) = (new int[(count - first) * book.Width], new bool[count - first]);
        for (var i = first; i < count; i++)
        {
            ring.Row(i).CopyTo(cells.AsSpan((i - first) * book.Width));
            gaps[i - first] = ring.FollowsGap(i);
        }

        return new(
            last, since, cells, gaps, book.Marks.Since(since), book.Spans.Since(since), book.Counts.Since(Math.Min(level, 2), since, operations.Totals.All));
    }

    private static MemoryHistoryPoint[] Points(HistoryCopy copy, int width, HistoryRing ring)
    {
        var points = new MemoryHistoryPoint[copy.Gaps.Length];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = Point(copy.Cells.AsSpan(i * width, width), copy.Gaps[i], ring);
        }

        return points;
    }

    private static MemoryHistoryPoint Point(ReadOnlySpan<int> row, bool followsGap, HistoryRing ring)
    {
        var metrics = new long?[row.Length - HistoryRow.FirstMetric];
        for (var i = 0; i < metrics.Length; i++)
        {
            metrics[i] = HistoryRow.Metric(row[HistoryRow.FirstMetric + i]);
        }

        return new()
        {
            Time = new(ring.Start(row[0]), TimeSpan.Zero),
            FollowsGap = followsGap,
            UsedMinBytes = HistoryRow.Bytes(row[HistoryRow.UsedMin]),
            UsedMaxBytes = HistoryRow.Bytes(row[HistoryRow.UsedMax]),
            ResidentMaxBytes = HistoryRow.Bytes(row[HistoryRow.ResidentMax]),
            HeapMaxBytes = HistoryRow.Bytes(row[HistoryRow.HeapMax]),
            ManagedLiveBytes = HistoryRow.Bytes(row[HistoryRow.ManagedLive]),
            ManagedOverheadBytes = HistoryRow.Bytes(row[HistoryRow.ManagedOverhead]),
            NativeBytes = HistoryRow.Bytes(row[HistoryRow.Native]),
            SharedBytes = HistoryRow.Bytes(row[HistoryRow.Shared]),
            FileBackedBytes = HistoryRow.Bytes(row[HistoryRow.FileBacked]),
            RestOfContainerBytes = HistoryRow.Bytes(row[HistoryRow.RestOfContainer]),
            Metrics = metrics,
        };
    }

    private OperationSpan[] Operations(List<OperationSpan> spans, JournalEntry[] ended, long journal, Operation[] inFlight, long since)
    {
        // What has ended after the last tick is not in the book yet.
        foreach (var entry in ended)
        {
            if (entry.Kind == JournalEntryKind.Ended && entry.Sequence > journal)
            {
                spans.Add(Describe(entry));
            }
        }

        var ids = spans.Where(static span => !span.IsOfPreviousRun).Select(static span => span.OperationId).ToHashSet();
        spans.AddRange(inFlight
            .Where(scope => scope is { IsRunning: true, IsQuiet: false } && !ids.Contains(scope.Id))
            .Select(scope => Describe(scope.Describe(time)))
            .OrderByDescending(span => span.AllocatedBytes ?? 0)
            .Take(MostShown));
        return [.. spans.Where(span => span.End is not { } end || end.UtcTicks >= since).OrderBy(span => span.Start).ThenBy(span => span.OperationId)];
    }

    private static OperationSpan Describe(in JournalEntry ended) => new()
    {
        OperationId = ended.OperationId,
        ParentId = ended.ParentId,
        Name = ended.Name,
        Context = ended.Context,
        Start = ended.Time - (ended.Duration ?? default),
        End = ended.Time,
        Outcome = ended.Outcome,
        AllocatedBytes = ended.Allocation?.AllocatedBytes,
        ChangeBytes = ended.ChangeBytes,
    };

    private OperationSpan Describe(in OperationInFlight operation) => new()
    {
        OperationId = operation.OperationId,
        ParentId = operation.ParentId,
        Name = operation.Name,
        Context = operation.Context,
        Start = time.GetUtcNow() - operation.Age,
        Outcome = OperationOutcome.Running,
        AllocatedBytes = operation.Allocation.AllocatedBytes,
    };

    /// <summary>What was read of the book at one moment.</summary>
    private sealed record HistoryCopy(
        long Last, long Since, int[] Cells, bool[] Gaps, List<MemoryHistoryMark> Marks, List<OperationSpan> Spans, List<OperationCounts> Counts);
}
