using MemoryWatch.BlackBox.Format;
using MemoryWatch.Tell;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Writes each point of the coarsest history when its ten minutes are over, and the open one when the watch stops: one record, with the up to three
/// points before it that are in the same record. Used by the watch thread, and at the stop.
/// </summary>
internal sealed class HistoryWriter(HistoryCarry carry, RecordWriter writer, TimeProvider time, long started)
{
    private const int None = int.MinValue;

    // Points have places in the file in the order in which they were written, and the newest one may be written again.
    private int _place = carry.Points - 1;
    private int _written = carry.Last ?? None;
    private int _open = carry.Last ?? None;

    /// <summary>Writes the point that ended since the last call, if one did.</summary>
    public void Look()
    {
        if (carry.Keeper.Book?.Ring(HistoryBook.Coarse) is not { Count: > 0 } ring || ring.Last == _open)
        {
            return;
        }

        if (ring.Last < _open)
        {
            // The clock was set back, and the points were moved with it.
            _written = ring.Count > 1 ? ring.Row(ring.Count - 2)[0] : None;
        }
        else if (_open != None && ring.Count > 1)
        {
            Write(carry.Keeper.Book, ring.Count - 2);
        }

        _open = ring.Last;
    }

    /// <summary>Writes the point that is not over.</summary>
    public void Stop()
    {
        if (carry.Keeper.Book is { } book && book.Ring(HistoryBook.Coarse).Count > 0)
        {
            Look();
            Write(book, book.Ring(HistoryBook.Coarse).Count - 1);
        }
    }

    /// <summary>Fills a record with rows of the coarsest history.</summary>
    /// <param name="record">An empty record.</param>
    /// <param name="book">The history.</param>
    /// <param name="slots">The places of the metrics.</param>
    /// <param name="first">Index of the first row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="index">Index of the record.</param>
    /// <param name="now">Time of the record.</param>
    /// <param name="sinceStart">The same since the run's start.</param>
    public static void Fill(
        Span<byte> record, HistoryBook book, HistorySlots slots, int first, int count, int index, DateTimeOffset now, TimeSpan sinceStart)
    {
        RecordFields.Begin(record, RecordKind.History, now, sinceStart);
        HistoryRecord.SetIndex(record, index);
        var ring = book.Ring(HistoryBook.Coarse);
        Span<int> row = stackalloc int[HistoryRow.FirstMetric + HistoryRecord.Metrics];
        for (var i = first; i < first + count; i++)
        {
            slots.ToFile(ring.Row(i), row);
            var start = ring.Start(ring.Row(i)[0]);
            HistoryRecord.Add(record, new(start, TimeSpan.Zero), row, book.Marks.StartWithin(start, start + ring.Length.Ticks));
        }
    }

    private void Write(HistoryBook book, int index)
    {
        var stretch = book.Ring(HistoryBook.Coarse).Row(index)[0];
        _place += stretch == _written && _place >= 0 ? 0 : 1;
        _written = stretch;
        var before = Math.Min(_place % HistoryRecord.MostItems, index);
        Span<byte> record = stackalloc byte[BoxFormat.RecordSize];
        record.Clear();
        Fill(
            record, book, carry.Slots, index - before, before + 1, _place / HistoryRecord.MostItems % carry.Records, time.GetUtcNow(),
            time.GetElapsedTime(started));
        writer.Write(record);
    }
}
