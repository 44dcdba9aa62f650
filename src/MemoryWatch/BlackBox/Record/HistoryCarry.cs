using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Recall;
using MemoryWatch.Tell;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Carries the history over a restart: from the previous run's file to the watch, and the points of the last days to the new file.
/// </summary>
internal sealed class HistoryCarry(HistoryKeeper keeper, MemorySnapshot first, int records)
{
    private readonly HistorySlots _slots = new(keeper.Metrics);

    public HistoryKeeper Keeper => keeper;

    public HistorySlots Slots => _slots;

    /// <summary>Number of records for the history in the file.</summary>
    public int Records => records;

    /// <summary>Number of points that the file has from its creation.</summary>
    public int Points { get; private set; }

    /// <summary>The last of these, as a stretch of the coarsest history; <see langword="null"/> if there is none.</summary>
    public int? Last { get; private set; }

    /// <summary>Hands the history over to the watch, with this start as an event.</summary>
    /// <param name="recording">The previous run's file; <see langword="null"/> if there is none that can be read.</param>
    /// <param name="previous">The verdict on it.</param>
    /// <param name="run">This run.</param>
    /// <returns>The records for the new file.</returns>
    public byte[] Take(RunRecording? recording, PreviousRun? previous, RunIdentity run)
    {
        var book = new HistoryBook(keeper.Metrics.Count);
        if (recording is not null)
        {
            Fill(book, recording);
        }

        Span<int> row = new int[book.Width];
        HistoryRow.Clear(row);
        HistoryRow.FillSizes(row, first);
        book.Add(row, first.Time.UtcTicks, Math.Max(0, first.Time.UtcTicks - book.Last), keeper.Interval.Ticks);
        book.Marks.Add(previous is null ? HistoryText.Start(first.Time) : HistoryText.Restart(first.Time, previous));
        var carried = Write(book, run);
        keeper.Restore(book);
        return carried;
    }

    private void Fill(HistoryBook book, RunRecording recording)
    {
        var history = recording.History;
        var read = _slots.From(history.Metrics);
        var row = new int[book.Width];
        var now = first.Time.UtcTicks;
        var before = history.Readings.Count > 0 ? history.Readings[0].Time.UtcTicks : now;
        var latest = Math.Max(now, recording.LastTime.UtcTicks) + HistoryRecord.Length.Ticks;
        foreach (var point in history.Points)
        {
            if (point.Start.UtcTicks > latest)
            {
                // No clock has been there yet.
                continue;
            }

            read(point.Row, row);
            book.AddCoarse(row, point.Start.UtcTicks, before, now);
            if (point.RunStart is { } started)
            {
                book.Marks.Add(HistoryText.Earlier(started, point.Verdict));
            }
        }

        foreach (var alert in recording.Alerts)
        {
            book.Marks.Add(HistoryText.Mark(alert));
        }

        foreach (var relief in recording.Reliefs)
        {
            book.Marks.Add(HistoryText.Mark(relief, null));
        }

        var clock = TimeSpan.Zero;
        foreach (var reading in history.Readings)
        {
            read(reading.Row, row);
            book.Add(row, reading.Time.UtcTicks, Math.Max(0, (reading.Clock - clock).Ticks), keeper.Interval.Ticks);
            clock = reading.Clock;
        }

        AddOperations(book, recording);
    }

    private static void AddOperations(HistoryBook book, RunRecording recording)
    {
        foreach (var entry in recording.History.Ended)
        {
            book.Spans.Add(
                new()
                {
                    OperationId = entry.OperationId,
                    ParentId = entry.ParentId,
                    Name = entry.Name,
                    Context = entry.Context,
                    Start = new(Math.Max(0, entry.Time.UtcTicks - (entry.Duration ?? default).Ticks), TimeSpan.Zero),
                    Outcome = entry.Outcome,
                    AllocatedBytes = entry.Allocation?.AllocatedBytes,
                    ChangeBytes = entry.ChangeBytes,
                    IsOfPreviousRun = true,
                },
                entry.Time.UtcTicks);
        }

        foreach (var operation in recording.InFlight.TakeLast(HistorySpans.Most / 2))
        {
            book.Spans.Add(
                new()
                {
                    OperationId = operation.OperationId,
                    ParentId = operation.ParentId,
                    Name = operation.Name,
                    Context = operation.Context,
                    Start = new(Math.Max(0, recording.LastTime.UtcTicks - operation.Age.Ticks), TimeSpan.Zero),
                    AllocatedBytes = operation.Allocation.AllocatedBytes,
                    IsOfPreviousRun = true,
                },
                recording.LastTime.UtcTicks);
        }
    }

    /// <summary>Writes the newest points, as many as the file has room for.</summary>
    private byte[] Write(HistoryBook book, RunIdentity run)
    {
        var ring = book.Ring(HistoryBook.Coarse);
        Points = Math.Min(ring.Count, records * HistoryRecord.MostItems);
        Last = Points > 0 ? ring.Last : null;
        var carried = new byte[records * BoxFormat.RecordSize];
        for (var at = 0; at < Points; at += HistoryRecord.MostItems)
        {
            var record = carried.AsSpan(at / HistoryRecord.MostItems * BoxFormat.RecordSize, BoxFormat.RecordSize);
            var firstRow = ring.Count - Points + at;
            HistoryWriter.Fill(record, book, _slots, firstRow, Math.Min(HistoryRecord.MostItems, Points - at), at / HistoryRecord.MostItems, run.Started, default);
            RecordFields.Seal(record, run.Tag, 0);
        }

        return carried;
    }
}
