using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Recall;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Writes each record at once, on the thread that created it, so that it is in the file if the process is killed a moment later. The kernel
/// allows one write to a file at a time, so a lock around the write costs nothing more and gives the records one order. If the disk is slow,
/// records go through a queue. Records that cannot be written are lost and counted. Thread-safe; never throws.
/// </summary>
internal sealed class RecordWriter
{
    /// <summary>
    /// Maximum time that a thread waits for another thread's hung write. This happens once, because the queue is open from then on.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan LongestWaitAtEnd = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly IBoxFile _file;
    private readonly uint _run;
    private readonly RecordRing _watch;
    private readonly RecordRing _operations;
    private readonly InFlightPins _inFlight;
    private readonly LastPlaces _alerts;
    private readonly LastPlaces _reliefs;
    private readonly LastPlaces _processes;
    private readonly LastPlaces _findings;
    private readonly long _historyOffset;
    private readonly SlowWrites _slow;
    private readonly WriteQueue _queue;
    private long _sequence;
    private bool _isClosed;

    public RecordWriter(IBoxFile file, BoxHeader header, TimeProvider time, Func<long?>? countWaits)
    {
        (_file, _run, _historyOffset) = (file, header.Identity.Tag, header.HistoryOffset);
        _watch = new(BoxFormat.WatchRingOffset, header.WatchRecords);
        _operations = new(header.OperationRingOffset, header.OperationRecords);
        _inFlight = new(_operations);
        (_alerts, _reliefs) = (new(_watch, RunRecording.ShownEvents), new(_watch, RunRecording.ShownEvents));
        (_processes, _findings) = (new(_watch, most: 1), new(_watch, FindingRecord.Most));
        _slow = new(time, countWaits);
        _queue = new(record => Enter(record, Timeout.InfiniteTimeSpan), _slow.IsQuiet);
        Losses = new(time);
    }

    public Losses Losses { get; }

    /// <summary>
    /// Duration of the slowest write, or of the wait for a hung one, when writes first moved to a separate thread; <see langword="null"/> if they
    /// never did.
    /// </summary>
    public TimeSpan? MovedBecauseOf { get; private set; }

    /// <summary>Sequence number of the last record.</summary>
    public long LastSequence => Interlocked.Read(ref _sequence);

    /// <summary>Whether writes go through the queue now.</summary>
    public bool IsQueueing => _queue.IsOpen;

    /// <param name="record">A record that is complete except for its seal, which this method adds.</param>
    public void Write(Span<byte> record)
    {
        if (Losses.IsLosing)
        {
            Losses.Add(null);
            return;
        }

        var answer = _queue.Offer(record);
        if (answer == WriteQueue.Answer.Closed && !Enter(record, Patience))
        {
            _slow.Hangs();
            MoveToQueue(Patience);
            answer = _queue.Offer(record);
        }

        if (answer == WriteQueue.Answer.Full)
        {
            Losses.Add("the disk is too slow");
        }
    }

    /// <summary>
    /// Resumes writing after records were lost, if the pause is over and the queue is empty or closed. The caller must then replay the operations in
    /// flight.
    /// </summary>
    /// <param name="gap">The gap record to write first.</param>
    /// <returns>Whether writing has resumed.</returns>
    public bool TryRecover(Span<byte> gap)
    {
        if (!Losses.IsDue || (_queue.IsOpen && !_queue.IsEmpty))
        {
            return false;
        }

        Losses.Resume();
        Write(gap);
        return !Losses.IsLosing;
    }

    /// <summary>
    /// Writes an end mark to its place, bypassing the queue and the losses because there may be no later chance. After a crash nothing more is
    /// written: operations that end while the exception unwinds were in flight when it was thrown.
    /// </summary>
    /// <returns>Whether the file has the mark, or needs none after a crash.</returns>
    public bool WriteEndMark(Span<byte> record, TimeSpan patience) =>
        TryWrite(record, EndMarkRecord.OffsetOf(RecordFields.Kind(record)), patience) ?? true;

    /// <summary>Writes a restart on purpose to its place, bypassing the queue and the losses: the restart depends on it.</summary>
    /// <returns>Whether it is in the file.</returns>
    public bool WriteRestart(Span<byte> record, TimeSpan patience) => TryWrite(record, RestartRecord.OffsetOf(record), patience) ?? false;

    public void Close()
    {
        _queue.Stop();
        var entered = Monitor.TryEnter(_gate, LongestWaitAtEnd);
        _isClosed = true;

        // A hung write keeps the handle open until it returns.
        _file.Dispose();
        if (entered)
        {
            Monitor.Exit(_gate);
        }
    }

    /// <returns>Whether it was written; <see langword="null"/> if the file is closed.</returns>
    private bool? TryWrite(Span<byte> record, long offset, TimeSpan patience)
    {
        if (!Monitor.TryEnter(_gate, patience))
        {
            return false;
        }

        try
        {
            if (_isClosed)
            {
                return null;
            }

            RecordFields.Put(record, RecordFields.InFlightOffset, _inFlight.Count);
            RecordFields.Seal(record, _run, ++_sequence);
            _file.Write(record, offset);
            _isClosed = RecordFields.Kind(record) == RecordKind.Crashed;
            return true;
        }
        catch (Exception)
        {
            // The process is ending or out of memory, or the disk is gone; only the caller can do more.
            return false;
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    private bool Enter(Span<byte> record, TimeSpan patience)
    {
        if (!Monitor.TryEnter(_gate, patience))
        {
            return false;
        }

        try
        {
            Store(record);
        }
        catch (Exception error)
        {
            // A full disk, a failed device, a thread that could not be started: no failure may reach the application.
            Losses.Add(SafeText.Error(error));
        }
        finally
        {
            Monitor.Exit(_gate);
        }

        return true;
    }

    private void Store(Span<byte> record)
    {
        if (_isClosed)
        {
            return;
        }

        var offset = Place(record);
        RecordFields.Put(record, RecordFields.InFlightOffset, _inFlight.Count);
        RecordFields.Seal(record, _run, ++_sequence);
        _slow.Begin();
        _file.Write(record, offset);
        if (_slow.End())
        {
            MoveToQueue(_slow.Slowest);
        }
    }

    private long Place(ReadOnlySpan<byte> record)
    {
        var kind = RecordFields.Kind(record);
        if (kind is RecordKind.Sample or RecordKind.Allocations or RecordKind.Names or RecordKind.Running
            or RecordKind.Processes or RecordKind.Finding or RecordKind.Alert or RecordKind.Relief)
        {
            return _watch.OffsetOf(PlaceOfWatch(kind));
        }

        if (kind == RecordKind.History)
        {
            return _historyOffset + (long)HistoryRecord.Index(record) * BoxFormat.RecordSize;
        }

        var place = _operations.Take();
        switch (kind)
        {
            case RecordKind.Started:
                _inFlight.Start(EntryRecord.Slot(record), EntryRecord.OperationId(record), place);
                break;
            case RecordKind.Ended:
                _inFlight.End(EntryRecord.Slot(record), EntryRecord.OperationId(record));
                break;
            case RecordKind.Gap:
                _inFlight.Clear();
                break;
            default:
                break;
        }

        return _operations.OffsetOf(place);
    }

    private int PlaceOfWatch(RecordKind kind)
    {
        var place = _watch.Take();
        if (kind == RecordKind.Alert)
        {
            _alerts.Keep(place);
        }
        else if (kind == RecordKind.Relief)
        {
            _reliefs.Keep(place);
        }
        else if (kind == RecordKind.Processes)
        {
            _processes.Keep(place);
        }
        else if (kind == RecordKind.Finding)
        {
            _findings.Keep(place);
        }

        return place;
    }

    private void MoveToQueue(TimeSpan because)
    {
        // Set before the queue opens, so that it is visible after any record that went through the queue.
        MovedBecauseOf ??= because;
        if (_queue.Open())
        {
            _slow.Distrust();
        }
    }
}
