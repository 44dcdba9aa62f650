using MemoryWatch.Track;

namespace MemoryWatch.Tell;

/// <summary>
/// What the operations of each name did in each stretch of time, quiet ones included. The sums are compared every 10 s. For each stretch, the names
/// that allocated most have counts of their own, and all others one together. The watch thread writes; allocates nothing after its creation.
/// </summary>
internal sealed class HistoryCounts
{
    /// <summary>Names that have counts of their own in a stretch.</summary>
    public const int Named = 6;

    // A slot holds the name and the failures in one number, the ends, and the kilobytes.
    private const int SlotSize = 3;
    private const int Width = 1 + (Named + 1) * SlotSize;
    private const int NameMask = 0xFF;
    private const int OtherName = 0xFF;
    private const int FailedShift = 8;
    private const int MostFailed = (1 << 23) - 1;
    private const int MostNames = BoundedNames.Most + 1;

    private readonly HistoryRing[] _rings =
    [
        new(TimeSpan.FromSeconds(10), 60, Width),
        new(TimeSpan.FromMinutes(2), 60, Width),
        new(TimeSpan.FromHours(1), 168, Width),
    ];

    // For each name: ends, failures, kilobytes. They may wrap around, because only differences count.
    private readonly int[] _now = new int[MostNames * SlotSize];
    private readonly int[] _taken = new int[MostNames * SlotSize];
    private readonly int[][] _before = [new int[MostNames * SlotSize], new int[MostNames * SlotSize], new int[MostNames * SlotSize]];
    private readonly long[] _inFlight = new long[MostNames];
    private long _open;

    /// <summary>Compares the sums, if 10 s are over.</summary>
    /// <param name="operations">The operations.</param>
    /// <param name="ticks">Time of the reading.</param>
    public void Look(OperationStore operations, long ticks)
    {
        if (_open == 0)
        {
            _open = ticks;
        }
        else if (_rings[0].Of(ticks) != _rings[0].Of(_open))
        {
            Survey(operations);
            for (var i = 0; i < _rings.Length; i++)
            {
                Write(_rings[i], _before[i], operations.Totals.All);
                if (_rings[i].Of(ticks) != _rings[i].Of(_open))
                {
                    _now.CopyTo(_before[i], 0);
                }
            }

            _open = ticks;
        }
    }

    public void MoveBack(long from, long now)
    {
        foreach (var ring in _rings)
        {
            ring.MoveBack(from == long.MinValue ? int.MinValue : ring.Of(from), ring.Of(now));
        }

        _open = Math.Min(_open, now);
    }

    /// <summary>Copies the counts since a time, the oldest first.</summary>
    /// <param name="level">Which resolution: 0 for 10 s, 1 for 2 min, 2 for 1 hour.</param>
    /// <param name="ticks">The time.</param>
    /// <param name="names">The names, in the order in which they were first seen.</param>
    public List<OperationCounts> Since(int level, long ticks, ReadOnlySpan<OperationStatistics> names)
    {
        var (ring, found) = (_rings[level], new List<OperationCounts>());
        for (var i = ring.IndexFrom(ring.Of(ticks)); i < ring.Count; i++)
        {
            var row = ring.Row(i);
            for (var slot = 1; slot < Width && row[slot] != 0; slot += SlotSize)
            {
                var name = row[slot] & NameMask;
                found.Add(new()
                {
                    Time = new(Math.Max(0, ring.Start(row[0])), TimeSpan.Zero),
                    Length = ring.Length,
                    Name = name <= names.Length ? names[name - 1].Name : BoundedNames.Other,
                    Ended = row[slot + 1],
                    Failed = row[slot] >> FailedShift,
                    AllocatedBytes = (long)row[slot + 2] << 10,
                });
            }
        }

        return found;
    }

    private void Survey(OperationStore operations)
    {
        // Ended operations first: one that ends in between is then missing until the next look; in the other order it would count twice.
        var all = operations.Totals.All;
        for (var i = 0; i < Math.Min(all.Length, MostNames); i++)
        {
            all[i].ReadSums(out var ended, out var failed, out _inFlight[i]);
            (_now[i * SlotSize], _now[i * SlotSize + 1]) = (unchecked((int)ended), unchecked((int)failed));
        }

        foreach (var scope in operations.InFlight.Slots)
        {
            if (scope is { IsRunning: true } && scope.Statistics.Index < MostNames)
            {
                _inFlight[scope.Statistics.Index] += scope.Own.AllocatedBytes;
            }
        }

        for (var i = 0; i < MostNames; i++)
        {
            _now[i * SlotSize + 2] = unchecked((int)(_inFlight[i] >> 10));
        }
    }

    private void Write(HistoryRing ring, int[] before, ReadOnlySpan<OperationStatistics> names)
    {
        if (!Subtract(before))
        {
            return;
        }

        var row = ring.Open(ring.Of(_open), followsGap: false, out _);
        row[1..].Clear();
        var slot = 1;
        for (; slot <= Named * SlotSize && FindLargest(names) is var largest and >= 0; slot += SlotSize)
        {
            Put(row[slot..], largest + 1, largest);
        }

        for (var i = 0; i < MostNames; i++)
        {
            if (IsThere(i))
            {
                Put(row[slot..], OtherName, i);
            }
        }
    }

    /// <returns>Whether anything happened.</returns>
    private bool Subtract(int[] before)
    {
        var any = 0;
        for (var i = 0; i < _now.Length; i++)
        {
            _taken[i] = Math.Max(0, unchecked(_now[i] - before[i]));
            any |= _taken[i];
        }

        return any != 0;
    }

    private int FindLargest(ReadOnlySpan<OperationStatistics> names)
    {
        var largest = -1;
        for (var i = 0; i < Math.Min(names.Length, MostNames); i++)
        {
            if (IsThere(i) && (largest < 0 || Amount(i) > Amount(largest)) && !ReferenceEquals(names[i].Name, BoundedNames.Other))
            {
                largest = i;
            }
        }

        return largest;
    }

    private bool IsThere(int name) => (_taken[name * SlotSize] | _taken[name * SlotSize + 2]) != 0;

    // Of those that allocated nothing, the name of which most ended.
    private long Amount(int name) => ((long)_taken[name * SlotSize + 2] << 32) + _taken[name * SlotSize];

    /// <summary>Moves what a name took to a slot.</summary>
    private void Put(Span<int> slot, int shown, int name)
    {
        var taken = _taken.AsSpan(name * SlotSize, SlotSize);
        var failed = Math.Min((long)(slot[0] >> FailedShift) + taken[1], MostFailed);
        slot[0] = (int)failed << FailedShift | shown;
        slot[1] = (int)Math.Min((long)slot[1] + taken[0], int.MaxValue);
        slot[2] = (int)Math.Min((long)slot[2] + taken[2], int.MaxValue);
        taken.Clear();
    }
}
