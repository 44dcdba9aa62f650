using MemoryWatch.Track;

namespace MemoryWatch.Judge;

/// <summary>
/// Learns what operations leave behind: by how much live memory differs from one gen-2 GC to a later one, at equal metrics, for each operation that
/// ended in between. The growth is laid beside the operations that themselves allocated at least half of it, because what an operation retains it
/// has allocated. Constant memory; allocates only for new names. Used by one caller at a time.
/// </summary>
internal sealed class RetentionLearner(int metrics)
{
    private const int Most = 16;
    private const double LeastShare = 0.5;
    private const long LeastBytes = 1 << 20;

    private readonly Dictionary<OperationStatistics, Name> _names = [];
    private readonly long[] _values = new long[metrics];
    private int _collections = -1;
    private long? _floor;

    /// <summary>Number of gen-2 GCs after which memory was compared.</summary>
    public int Floors { get; private set; }

    /// <summary>Takes a reading; it counts if there was a gen-2 GC since the last one.</summary>
    public void Keep(MemorySnapshot snapshot, ReadOnlySpan<OperationStatistics> all)
    {
        var collections = snapshot.Managed.Generation2Collections;
        if (collections == _collections || Footprint.LiveBytes(snapshot) is not { } live)
        {
            return;
        }

        _collections = collections;
        var isSameLoad = IsSame(snapshot.Metrics);
        if (_floor is not { } before || !isSameLoad)
        {
            Restart(live, all);
            return;
        }

        var (largest, own, count) = Largest(all);
        if (largest is null)
        {
            // An operation that is still running may give back what it holds.
            return;
        }

        var grown = live - before;
        if (own >= LeastBytes && own >= grown * LeastShare)
        {
            largest.Add(grown, count);
            Floors++;
        }

        Restart(live, all);
    }

    /// <summary>The operations of which it is known that they leave something behind.</summary>
    public List<OperationRetention> Retained()
    {
        var retained = new List<OperationRetention>();
        Span<double> each = stackalloc double[Most];
        foreach (var (statistics, name) in _names)
        {
            var count = name.CopyTo(each, out var total);
            if (MedianInterval.Of(each[..count]) is { Low: > 0 } estimate)
            {
                retained.Add(new(statistics.Name, estimate, count, total));
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
            var (ended, bytes) = (count - name.Count, own.Sum - name.OwnBytes);
            if (ended > 0 && (largest.Item1 is null || bytes > largest.Item2))
            {
                largest = (name, bytes, ended);
            }
        }

        return largest;
    }

    private void Restart(long live, ReadOnlySpan<OperationStatistics> all)
    {
        _floor = live;
        foreach (var statistics in all)
        {
            var (count, own, _) = statistics.ReadOwn();
            Of(statistics).Restart(count, own.Sum);
        }
    }

    private bool IsSame(MetricValues values)
    {
        var isSame = true;
        for (var i = 0; i < _values.Length; i++)
        {
            var value = values[i].Value ?? _values[i];
            isSame &= value == _values[i];
            _values[i] = value;
        }

        return isSame;
    }

    private Name Of(OperationStatistics statistics)
    {
        if (!_names.TryGetValue(statistics, out var name))
        {
            _names[statistics] = name = new();
        }

        return name;
    }

    private sealed class Name
    {
        private readonly (double Bytes, long Count)[] _samples = new (double, long)[Most];
        private int _added;

        public long Count { get; private set; }

        public long OwnBytes { get; private set; }

        public void Restart(long count, long ownBytes) => (Count, OwnBytes) = (count, ownBytes);

        public void Add(double bytes, long count) => _samples[_added++ % Most] = (bytes, count);

        public int CopyTo(Span<double> each, out long total)
        {
            var count = Math.Min(_added, Most);
            var sum = 0d;
            for (var i = 0; i < count; i++)
            {
                each[i] = _samples[i].Bytes / _samples[i].Count;
                sum += _samples[i].Bytes;
            }

            total = (long)sum;
            return count;
        }
    }
}
