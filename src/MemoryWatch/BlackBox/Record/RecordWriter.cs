using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Writes records: each at once, on the thread that made it, so that it is in the file when the process is killed in the next moment. The
/// kernel lets one write to a file at a time, so a lock around it costs nothing more, and gives records one order. Behind a disk that is
/// slow they go through a queue; what cannot be written is lost and counted. Thread-safe; nothing throws.
/// </summary>
internal sealed class RecordWriter
{
    /// <summary>How long a thread waits for another's write that hangs: once, as the queue is open from then on.</summary>
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
    private readonly SlowWrites _slow;
    private readonly WriteQueue _queue;
    private long _sequence;
    private bool _isClosed;

    public RecordWriter(IBoxFile file, BoxHeader header, TimeProvider time, Func<long?>? countWaits)
    {
        (_file, _run) = (file, header.Identity.Tag);
        _watch = new(BoxFormat.WatchRingOffset, header.WatchRecords);
        _operations = new(header.OperationRingOffset, header.OperationRecords);
        (_inFlight, _alerts, _reliefs) = (new(_operations), new(_watch), new(_watch));
        _slow = new(time, countWaits);
        _queue = new(record => Enter(record, Timeout.InfiniteTimeSpan), _slow.IsQuiet);
        Losses = new(time);
    }

    public Losses Losses { get; }

    /// <summary>How long the slowest write took that made the writes move to a thread of their own; absent while none did.</summary>
    public TimeSpan? MovedBecauseOf { get; private set; }

    /// <summary>The last record's place in the order of all.</summary>
    public long LastSequence => Interlocked.Read(ref _sequence);

    /// <summary>Whether writes go through the queue now.</summary>
    public bool IsQueueing => _queue.IsOpen;

    /// <param name="record">A record that is complete but for its seal, which is put on it here.</param>
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
    /// Begins anew after records were lost, if it is time to try and there is room. What is in flight is then to be told again.
    /// </summary>
    /// <param name="gap">A record that says so.</param>
    /// <returns>Whether it did.</returns>
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
    /// Writes how the run ended to the place for that, past queue and losses: there may be no later. Behind a crash nothing is written any
    /// more: operations that the exception ends on its way out were in flight when it was thrown.
    /// </summary>
    public void WriteEndMark(Span<byte> record, TimeSpan patience)
    {
        if (!Monitor.TryEnter(_gate, patience))
        {
            return;
        }

        try
        {
            if (!_isClosed)
            {
                RecordFields.Put(record, RecordFields.InFlightOffset, _inFlight.Count);
                RecordFields.Seal(record, _run, ++_sequence);
                _file.Write(record, EndMarkRecord.OffsetOf(RecordFields.Kind(record)));
                _isClosed = RecordFields.Kind(record) == RecordKind.Crashed;
            }
        }
        catch (Exception)
        {
            // The process is ending, or out of memory; there is nobody left to tell.
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    public void Close()
    {
        _queue.Stop();
        var entered = Monitor.TryEnter(_gate, LongestWaitAtEnd);
        _isClosed = true;

        // A write that hangs keeps the handle until it returns.
        _file.Dispose();
        if (entered)
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
            // A full disk, a device that failed, a thread that could not be started: whatever it is, the application is not to know.
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
        if (kind is RecordKind.Sample or RecordKind.Allocations or RecordKind.Alert or RecordKind.Relief)
        {
            return _watch.OffsetOf(PlaceOfWatch(kind));
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

        return place;
    }

    private void MoveToQueue(TimeSpan because)
    {
        // First: whoever asks after a record that went through the queue finds it.
        MovedBecauseOf ??= because;
        if (_queue.Open())
        {
            _slow.Distrust();
        }
    }
}
