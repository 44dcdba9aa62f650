namespace MemoryWatch.Judge;

/// <summary>
/// The highest use of memory in each of up to 32 spans of time, with what the metrics held at that moment, and the highest value of each metric.
/// When all spans are in use, they are merged in pairs and get twice as long. Takes constant memory. For one caller at a time.
/// </summary>
internal sealed class LoadHistory(int metrics)
{
    public const int Most = 32;

    private readonly (long Used, long Heap)[] _peaks = new (long, long)[Most];
    private readonly long[] _values = new long[Most * metrics];
    private readonly long[] _highest = new long[metrics];
    private readonly long[] _held = new long[metrics];
    private readonly long[] _last = new long[metrics];
    private int _collections;
    private int _readingsEach = 16;
    private int _readings;

    /// <summary>Number of spans that have begun.</summary>
    public int Count { get; private set; }

    /// <summary>The highest value that each metric had.</summary>
    public ReadOnlySpan<long> HighestValues => _highest;

    /// <summary>The memory that was used at most in a span, and the heap at that moment.</summary>
    public (long Used, long Heap) Peak(int place) => _peaks[place];

    /// <summary>
    /// What metrics held at that moment: the highest value of each since the last gen-2 GC, because what a metric no longer counts is in memory until
    /// the next one.
    /// </summary>
    public ReadOnlySpan<long> Values(int place) => _values.AsSpan(place * metrics, metrics);

    /// <param name="used">The memory that is used.</param>
    /// <param name="heap">The heap.</param>
    /// <param name="values">The metrics.</param>
    /// <param name="collections">Number of gen-2 GCs so far.</param>
    public void Keep(long used, long heap, MetricValues values, int collections)
    {
        for (var i = 0; i < metrics; i++)
        {
            // A GC since the last reading may have come before a metric fell.
            var value = values[i].Value ?? 0;
            _held[i] = Math.Max(value, collections == _collections ? _held[i] : _last[i]);
            (_last[i], _highest[i]) = (value, Math.Max(_highest[i], value));
        }

        _collections = collections;

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
        _held.CopyTo(_values.AsSpan((Count - 1) * metrics, metrics));
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
