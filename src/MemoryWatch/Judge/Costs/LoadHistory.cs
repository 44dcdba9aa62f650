namespace MemoryWatch.Judge;

/// <summary>
/// The highest use of memory in each of up to 32 spans of time, with the metrics at that moment, and the highest value of each metric. When all
/// spans are in use, they are merged in pairs and get twice as long. Takes constant memory. For one caller at a time.
/// </summary>
internal sealed class LoadHistory(int metrics)
{
    public const int Most = 32;

    private readonly (long Used, long Heap)[] _peaks = new (long, long)[Most];
    private readonly long[] _values = new long[Most * metrics];
    private readonly long[] _highest = new long[metrics];
    private int _readingsEach = 16;
    private int _readings;

    /// <summary>Number of spans that have begun.</summary>
    public int Count { get; private set; }

    /// <summary>The highest value that each metric had.</summary>
    public ReadOnlySpan<long> HighestValues => _highest;

    /// <summary>The memory that was used at most in a span, and the heap at that moment.</summary>
    public (long Used, long Heap) Peak(int place) => _peaks[place];

    /// <summary>The metrics at that moment.</summary>
    public ReadOnlySpan<long> Values(int place) => _values.AsSpan(place * metrics, metrics);

    public void Keep(long used, long heap, MetricValues values)
    {
        for (var i = 0; i < metrics; i++)
        {
            _highest[i] = Math.Max(_highest[i], values[i].Value ?? 0);
        }

        if (Count == 0 || _readings == _readingsEach)
        {
            Advance();
        }

        _readings++;
        if (used < _peaks[Count - 1].Used)
        {
            return;
        }

        _peaks[Count - 1] = (used, heap);
        var target = _values.AsSpan((Count - 1) * metrics, metrics);
        for (var i = 0; i < metrics; i++)
        {
            target[i] = values[i].Value ?? 0;
        }
    }

    private void Advance()
    {
        if (Count == Most)
        {
            Merge();
        }

        _readings = 0;
        _peaks[Count++] = default;
    }

    private void Merge()
    {
        for (var place = 0; place < Most / 2; place++)
        {
            var higher = _peaks[2 * place].Used > _peaks[(2 * place) + 1].Used ? 2 * place : (2 * place) + 1;
            _peaks[place] = _peaks[higher];
            _values.AsSpan(higher * metrics, metrics).CopyTo(_values.AsSpan(place * metrics, metrics));
        }

        (Count, _readingsEach) = (Most / 2, _readingsEach * 2);
    }
}
