using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// Learns what operations leave behind: by how much the live heap differs from one gen-2 GC to a later one, and which operations ended in between.
/// The growth is laid beside the operations that themselves allocated at least half of it, because what an operation retains it has allocated.
/// Constant memory; allocates only for new names. Used by one caller at a time.
/// </summary>
/// <remarks>
/// What is known is known in one of two ways. If live memory grew by more than all others allocated, the operations hold at least the difference,
/// and at most what they allocated: that is arithmetic, and one span is enough. Otherwise the median of several spans tells. Spans in which a metric
/// changed by a quarter as much as there were operations are load and do not count: a login that adds a session may take several operations.
/// </remarks>
internal sealed class RetentionLearner(int metrics)
{
    private const int Most = 16;
    private const double LeastShare = 0.5;
    private const long LeastBytes = 1 << 20;
    private const int LeastOperations = 4;
    private const int MostOperationsPerItem = 4;

    private readonly Dictionary<OperationStatistics, Name> _names = [];
    private readonly long[] _values = new long[metrics];
    private int _collections = -1;
    private (long LiveBytes, long AllocatedBytes)? _floor;

    /// <summary>Number of spans between gen-2 GCs in which operations could be compared with memory.</summary>
    public int Floors { get; private set; }

    /// <summary>Takes a reading; it counts if there was a gen-2 GC since the last one.</summary>
    public void Keep(MemorySnapshot snapshot, ReadOnlySpan<OperationStatistics> all)
    {
        var collections = snapshot.Managed.Generation2Collections;
        if (collections == _collections || snapshot.Managed is not { LiveBytes: { } live, TotalAllocatedBytes: { } allocated })
        {
            return;
        }

        _collections = collections;
        if (_floor is { } before)
        {
            var (largest, own, count) = Largest(all);
            if (largest is null)
            {
                // An operation that is still running may give back what it holds.
                return;
            }

            var grown = live - before.LiveBytes;
            if (own >= LeastBytes && own >= grown * LeastShare && LargestChange(snapshot.Metrics) * MostOperationsPerItem < count)
            {
                // A GC that comes while an operation runs sees another moment than the reading: what the operations have not allocated they do not hold.
                var (kept, others) = (Math.Min(grown, own), allocated - before.AllocatedBytes - own);
                largest.Add(new(kept, Math.Min(kept, Math.Max(0, grown - others)), own, count));
                Floors++;
            }
        }

        Restart(live, allocated, snapshot.Metrics, all);
    }

    /// <summary>The operations of which it is known that they leave something behind, the most first.</summary>
    public List<OperationRetention> Retained()
    {
        var retained = new List<OperationRetention>();
        foreach (var (statistics, name) in _names)
        {
            if (name.Retained(statistics.Name) is { } known)
            {
                retained.Add(known);
            }
        }

        retained.Sort(static (a, b) => b.TotalBytes.CompareTo(a.TotalBytes));
        return retained;
    }

    /// <summary>The name of which operations ended and allocated most since the last floor, and how much and how many.</summary>
    private (Name? Name, long OwnBytes, long Count) Largest(ReadOnlySpan<OperationStatistics> all)
    {
        var largest = ((Name?)null, 0L, 0L);
        foreach (var statistics in all)
        {
            var name = Of(statistics);
            var (count, own, _) = statistics.ReadOwn();
            var (ended, bytes) = (count - name.Count, own.AllocatedBytes - name.OwnBytes);
            if (ended > 0 && (largest.Item1 is null || bytes > largest.Item2))
            {
                largest = (name, bytes, ended);
            }
        }

        return largest;
    }

    private void Restart(long live, long allocated, MetricValues values, ReadOnlySpan<OperationStatistics> all)
    {
        _floor = (live, allocated);
        foreach (var statistics in all)
        {
            var (count, own, _) = statistics.ReadOwn();
            Of(statistics).Restart(count, own.AllocatedBytes);
        }

        for (var i = 0; i < _values.Length; i++)
        {
            _values[i] = values[i].Value ?? _values[i];
        }
    }

    /// <summary>What the metric that changed most changed by since the last floor.</summary>
    private long LargestChange(MetricValues values)
    {
        var largest = 0L;
        for (var i = 0; i < _values.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs((values[i].Value ?? _values[i]) - _values[i]));
        }

        return largest;
    }

    private Name Of(OperationStatistics statistics)
    {
        if (!_names.TryGetValue(statistics, out var name))
        {
            _names[statistics] = name = new();
        }

        return name;
    }

    /// <summary>A span between two gen-2 GCs.</summary>
    /// <param name="Grown">What live memory grew by, as far as the operations allocated it.</param>
    /// <param name="Least">What the operations hold of it at least: what others cannot have allocated.</param>
    /// <param name="Own">What the operations allocated.</param>
    /// <param name="Count">Number of operations that ended.</param>
    private readonly record struct Stretch(long Grown, long Least, long Own, long Count);

    private sealed class Name
    {
        private readonly Stretch[] _spans = new Stretch[Most];
        private int _added;

        public long Count { get; private set; }

        public long OwnBytes { get; private set; }

        public void Restart(long count, long ownBytes) => (Count, OwnBytes) = (count, ownBytes);

        public void Add(in Stretch span) => _spans[_added++ % Most] = span;

        public OperationRetention? Retained(string name)
        {
            var kept = Math.Min(_added, Most);
            Span<double> each = stackalloc double[kept];
            var (grown, least, own, count) = (0L, 0L, 0L, 0L);
            for (var i = 0; i < kept; i++)
            {
                var span = _spans[i];
                each[i] = (double)span.Grown / span.Count;
                (grown, least, own, count) = (grown + span.Grown, least + span.Least, own + span.Own, count + span.Count);
            }

            return least > 0 && count >= LeastOperations ? new(name, new((double)grown / count, (double)least / count, (double)own / count), kept, least)
                : MedianInterval.Of(each) is { Low: > 0 } estimate ? new(name, estimate, kept, grown)
                : null;
        }
    }
}
