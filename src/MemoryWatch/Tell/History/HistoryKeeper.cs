using MemoryWatch.Track;

namespace MemoryWatch.Tell;

/// <summary>
/// Keeps the history: each tick adds its reading, its alerts, and the operations that ended since the last. The watch thread writes and never waits
/// for a reader. What the previous run left comes from the black box, on another thread, and is taken up by the next tick.
/// </summary>
internal sealed class HistoryKeeper(OperationStore operations, TimeProvider time) : IListener
{
    private int[] _row = [];
    private MetricDefinition[] _metrics = [];
    private HistoryBook? _restored;
    private volatile HistoryBook? _book;
    private long _journal;
    private long _lastTimestamp;
    private MemoryZone _zone;

    /// <summary>Time between two ticks if memory is healthy.</summary>
    public TimeSpan Interval { get; set; }

    /// <summary>The book; <see langword="null"/> before the first tick. Only the watch thread may read it without its gate.</summary>
    public HistoryBook? Book => _book;

    /// <summary>The metrics of each snapshot.</summary>
    public IReadOnlyList<MetricDefinition> Metrics => _metrics;

    /// <summary>Sets the metrics of the snapshots; once, before the first tick.</summary>
    public void Begin(IReadOnlyList<MetricDefinition> metrics)
    {
        _metrics = [.. metrics];
        _row = new int[HistoryRow.Width(metrics.Count)];
    }

    /// <summary>Hands over what a previous run left, and the restart. Any thread; its caller must not use it any more.</summary>
    public void Restore(HistoryBook book) => Interlocked.Exchange(ref _restored, book);

    public void OnReport(TickReport report)
    {
        var snapshot = report.Snapshot;
        var book = TakeBook(snapshot);
        var timestamp = time.GetTimestamp();
        var elapsed = _lastTimestamp == 0 ? 0 : time.GetElapsedTime(_lastTimestamp, timestamp).Ticks;
        (_lastTimestamp, _zone) = (timestamp, snapshot.Zone);
        HistoryRow.Fill(_row, snapshot);
        book.Gate.BeginWrite();
        try
        {
            book.Add(_row, snapshot.Time.UtcTicks, elapsed, Interval.Ticks);
            book.Counts.Look(operations, snapshot.Time.UtcTicks);
            AddEnded(book);
        }
        finally
        {
            book.Gate.EndWrite();
        }

        foreach (var alert in report.Alerts)
        {
            Add(book, HistoryText.Mark(alert, snapshot));
        }
    }

    public void OnSnapshot(MemorySnapshot snapshot)
    {
        // Ticks are enough; a snapshot comes on another thread.
    }

    public void OnRelief(ReliefOutcome outcome)
    {
        if (_book is { } book)
        {
            Add(book, HistoryText.Mark(outcome, _zone));
        }
    }

    public void OnEntry(in JournalEntry entry)
    {
        // The next tick takes it from the journal, so an operation pays nothing for the history.
    }

    /// <summary>Copies the history. Any thread.</summary>
    /// <param name="window">How far to go back.</param>
    /// <param name="current">The last reading.</param>
    /// <param name="edges">The edges of the zones.</param>
    public MemoryHistory Read(TimeSpan window, MemorySnapshot current, ZoneEdges edges) => _book is { } book && window > TimeSpan.Zero
        ? new HistoryReader(book, operations, time).Read(window, _metrics, Volatile.Read(ref _journal), current, edges)
        : MemoryHistory.Empty;

    private static void Add(HistoryBook book, MemoryHistoryMark mark)
    {
        book.Gate.BeginWrite();
        try
        {
            book.Marks.Add(mark);
        }
        finally
        {
            book.Gate.EndWrite();
        }
    }

    /// <summary>Gets the book. The first tick creates it, unless the black box has one; if that is late, the book is continued in it.</summary>
    private HistoryBook TakeBook(MemorySnapshot snapshot)
    {
        if (_book is { } known && Volatile.Read(ref _restored) is null)
        {
            return known;
        }

        var book = Interlocked.Exchange(ref _restored, null);
        if (book is null)
        {
            book = new(_metrics.Length);
            book.Marks.Add(HistoryText.Start(snapshot.Time));
        }
        else if (_book is { } early)
        {
            book.Append(early);
        }

        return _book = book;
    }

    private void AddEnded(HistoryBook book)
    {
        while (operations.Journal.TryGetNext(ref _journal, out var entry))
        {
            if (entry.Kind == JournalEntryKind.Ended)
            {
                book.Spans.Add(entry);
            }
        }
    }
}
