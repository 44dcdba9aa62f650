namespace MemoryWatch.Track;

/// <summary>Adds up the operations of one name, in fixed memory. Thread-safe.</summary>
/// <param name="name">The name.</param>
/// <param name="index">Its index among all names.</param>
internal sealed class OperationStatistics(string name, int index = 0)
{
    private readonly object _lock = new();
    private readonly LogHistogram _durations = new();
    private readonly LogHistogram _allocated = new();
    private long _count;
    private long _failures;
    private long _cancellations;
    private TimeSpan _longest;
    private long _changes;
    private long _changed;
    private long _largestChange = long.MinValue;
    private long _metered;
    private long _allocatedTotal;
    private long _chargedTotal;
    private OperationAmount _own;
    private long _late;
    private long _endedElsewhere;
    private long _largestOwn;

    public string Name => name;

    /// <summary>Its index among all names, which never changes.</summary>
    public int Index => index;

    /// <summary>Number of operations in flight, those that are not kept included. The registry writes it under its lock.</summary>
    public int InFlight { get; set; }

    /// <summary>How many of them are old. The registry writes it under its lock.</summary>
    public int Old { get; set; }

    /// <summary>How many of them are not kept. The registry writes it under its lock.</summary>
    public int NotKept { get; set; }

    /// <summary>Number of operations that ended where they were not the current one.</summary>
    public long EndedElsewhere => Interlocked.Read(ref _endedElsewhere);

    /// <summary>The largest amount that a single operation took, without nested operations; of those in flight, to within 64 KB.</summary>
    public long LargestBytes => Volatile.Read(ref _largestOwn);

    public void NoteLargest(long own)
    {
        var seen = Volatile.Read(ref _largestOwn);
        while (own > seen && Interlocked.CompareExchange(ref _largestOwn, own, seen) is var before && before != seen)
        {
            seen = before;
        }
    }

    /// <summary>Counts an operation that ended where it was not the current one.</summary>
    /// <returns>Whether it is the first of its name.</returns>
    public bool CountEndedElsewhere() => Interlocked.Increment(ref _endedElsewhere) == 1;

    /// <summary>Counts an operation that has ended.</summary>
    public void Add(in JournalEntry ended)
    {
        lock (_lock)
        {
            _count++;
            _failures += ended.Outcome == OperationOutcome.Failed ? 1 : 0;
            _cancellations += ended.Outcome == OperationOutcome.Cancelled ? 1 : 0;
            AddDuration(ended.Duration ?? default);
            if (ended.ChangeBytes is { } change)
            {
                _changes++;
                _changed += change;
                _largestChange = Math.Max(_largestChange, change);
            }

            if (ended.Allocation is { } allocation)
            {
                _metered++;
                _allocated.Add(allocation.AllocatedBytes);
                _allocatedTotal += allocation.AllocatedBytes;
                _chargedTotal += allocation.ChargedBytes;
                _own += OperationAmount.OwnOf(allocation);
            }
        }
    }

    /// <summary>Adds bytes that were attributed to an operation after it was counted.</summary>
    public void Amend(long bytes, bool isOwn)
    {
        lock (_lock)
        {
            _allocatedTotal += bytes;
            _own += new OperationAmount(isOwn ? bytes : 0, 0);
        }
    }

    /// <summary>Counts bytes that a flow allocated after the end of the operation that started it.</summary>
    public void AddLate(long bytes) => Interlocked.Add(ref _late, bytes);

    /// <summary>Number of ended operations, their amount without nested operations, and the bytes allocated after their end.</summary>
    public (long Count, OperationAmount Own, long LateBytes) ReadOwn()
    {
        lock (_lock)
        {
            return (_count, _own, Interlocked.Read(ref _late));
        }
    }

    /// <summary>Reads how many operations have ended, how many of them did not complete, and the bytes that their flows allocated by now.</summary>
    public void ReadSums(out long ended, out long failed, out long ownBytes)
    {
        lock (_lock)
        {
            (ended, failed, ownBytes) = (_count, _failures + _cancellations, _own.AllocatedBytes + Interlocked.Read(ref _late));
        }
    }

    /// <summary>Number of ended operations, and the duration that 99 % of them did not exceed.</summary>
    public (long Count, TimeSpan UsualDuration) ReadDuration()
    {
        lock (_lock)
        {
            return (_count, Duration(0.99));
        }
    }

    public OperationTotals Read()
    {
        lock (_lock)
        {
            return new()
            {
                Name = name,
                Count = _count,
                Failures = _failures,
                Cancellations = _cancellations,
                DurationP50 = Duration(0.5),
                DurationP95 = Duration(0.95),
                DurationMax = _longest,
                ChangeMeanBytes = _changes == 0 ? null : _changed / _changes,
                ChangeMaxBytes = _changes == 0 ? null : _largestChange,
                AllocatedMeanBytes = _metered == 0 ? null : _allocatedTotal / _metered,
                AllocatedP95Bytes = _metered == 0 ? null : _allocated.Percentile(0.95),
                AllocatedTotalBytes = _metered == 0 ? null : _allocatedTotal,
                ChargedTotalBytes = _metered == 0 ? null : _chargedTotal,
                AfterEndBytes = _metered == 0 ? null : Interlocked.Read(ref _late),
            };
        }
    }

    private void AddDuration(TimeSpan duration)
    {
        _durations.Add(duration.Ticks);
        _longest = duration > _longest ? duration : _longest;
    }

    // The middle of a class may be above every duration in it.
    private TimeSpan Duration(double part)
    {
        var percentile = new TimeSpan(_durations.Percentile(part));
        return percentile > _longest ? _longest : percentile;
    }
}
