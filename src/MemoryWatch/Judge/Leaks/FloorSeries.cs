namespace MemoryWatch.Judge;

/// <summary>
/// The lowest readings of equal spans of time, in fixed memory, however long the series is. Memory that is in use for a moment, and garbage, are
/// above the floors; what stays is in them. The mean readings are kept beside them: they have less of the noise of single readings.
/// </summary>
/// <remarks>
/// <code>
/// readings  /|/|/|/|/|/|/|/|      each bucket keeps its lowest reading, and what the load was at that moment
/// floors    _ _ _ _ _ _ _ _       when all buckets are full, they are merged in pairs and become twice as wide
/// </code>
/// Only spans that have readings take a bucket, so gaps and slow sampling cost nothing. A merge keeps at least half of the buckets, and they
/// cover the whole time.
/// </remarks>
/// <param name="loads">How many numbers are kept with each floor.</param>
/// <param name="means">Of how many of them, the first ones, the mean is kept as well.</param>
/// <param name="capacity">Maximum number of buckets.</param>
internal sealed class FloorSeries(int loads, int means, int capacity = FloorSeries.Capacity)
{
    /// <summary>Maximum number of floors.</summary>
    public const int Capacity = RobustLine.MostPoints;

    // In seconds.
    private const double FirstWidth = 10;

    private readonly long[] _spans = new long[capacity];
    private readonly double[] _seconds = new double[capacity];
    private readonly double[] _bytes = new double[capacity];
    private readonly double[] _loads = new double[capacity * loads];
    private readonly double[] _counts = new double[capacity];
    private readonly double[] _meanSeconds = new double[capacity];
    private readonly double[] _means = new double[capacity];
    private readonly double[] _meanLoads = new double[capacity * means];
    private double _width = FirstWidth;
    private double _first;
    private int _used;

    /// <summary>Number of floors of spans that have ended.</summary>
    public int Count => Math.Max(0, _used - 1);

    /// <summary>Number of readings.</summary>
    public long Readings { get; private set; }

    /// <summary>Time from the first reading to the last, in seconds.</summary>
    public double Length { get; private set; }

    /// <summary>The highest reading, in bytes.</summary>
    public double Highest { get; private set; }

    /// <summary>The last reading, in bytes.</summary>
    public double Last { get; private set; }

    /// <summary>When the lowest reading of each span was taken, in seconds since the first reading.</summary>
    public ReadOnlySpan<double> Seconds => _seconds.AsSpan(0, Count);

    /// <summary>The lowest reading of each span, in bytes.</summary>
    public ReadOnlySpan<double> Floors => _bytes.AsSpan(0, Count);

    /// <summary>The mean time of the readings of each span, in seconds since the first reading.</summary>
    public ReadOnlySpan<double> MeanSeconds => _meanSeconds.AsSpan(0, Count);

    /// <summary>The mean of the readings of each span, in bytes.</summary>
    public ReadOnlySpan<double> Means => _means.AsSpan(0, Count);

    /// <summary>The mean of one of the numbers whose means are kept.</summary>
    public double MeanLoad(int span, int load) => _meanLoads[(span * means) + load];

    /// <summary>One of the numbers that were kept with a floor.</summary>
    public double Load(int floor, int load) => _loads[(floor * loads) + load];

    /// <summary>Adds a reading. One that is not a number is left out; one whose time is before the last one counts as taken at that time.</summary>
    /// <param name="seconds">Its time, in seconds.</param>
    /// <param name="bytes">The memory, in bytes.</param>
    /// <param name="load">The load at that moment; as many numbers as are kept.</param>
    /// <returns>Whether a span has ended, so that there is a new floor.</returns>
    public bool Add(double seconds, double bytes, ReadOnlySpan<double> load)
    {
        if (!double.IsFinite(seconds) || !double.IsFinite(bytes))
        {
            return false;
        }

        _first = Readings == 0 ? seconds : _first;
        Length = Math.Max(Length, seconds - _first);
        Highest = Readings == 0 ? bytes : Math.Max(Highest, bytes);
        Last = bytes;
        Readings++;
        var span = (long)(Length / _width);
        while (_used == capacity && span != _spans[_used - 1])
        {
            span = Widen(span);
        }

        if (_used > 0 && span == _spans[_used - 1])
        {
            if (bytes < _bytes[_used - 1])
            {
                Set(_used - 1, span, bytes, load);
            }

            Mix(_used - 1, 1, Length, bytes, load);
            return false;
        }

        Set(_used, span, bytes, load);
        _counts[_used] = 0;
        Mix(_used++, 1, Length, bytes, load);
        return _used > 1;
    }

    /// <summary>Forgets all readings.</summary>
    public void Clear() => (_used, Readings, Length, _width) = (0, 0, 0, FirstWidth);

    private void Set(int place, long span, double bytes, ReadOnlySpan<double> load)
    {
        (_spans[place], _seconds[place], _bytes[place]) = (span, Length, bytes);
        load[..loads].CopyTo(_loads.AsSpan(place * loads));
    }

    /// <summary>Adds readings to the means of a bucket.</summary>
    private void Mix(int place, double count, double seconds, double bytes, ReadOnlySpan<double> load)
    {
        _counts[place] += count;
        var part = count / _counts[place];
        Add(ref _meanSeconds[place], seconds, part);
        Add(ref _means[place], bytes, part);
        for (var i = 0; i < means; i++)
        {
            Add(ref _meanLoads[(place * means) + i], load[i], part);
        }

        static void Add(ref double mean, double value, double part) => mean = part == 1 ? value : mean + ((value - mean) * part);
    }

    /// <summary>Doubles the width and merges the buckets that now share a span.</summary>
    private long Widen(long span)
    {
        _width *= 2;
        var to = -1;
        for (var from = 0; from < _used; from++)
        {
            var (half, isNew) = (_spans[from] / 2, false);
            if (to >= 0 && _spans[to] == half)
            {
                if (_bytes[from] < _bytes[to])
                {
                    Move(from, to);
                }
            }
            else
            {
                Move(from, ++to);
                (_spans[to], isNew) = (half, true);
            }

            var count = _counts[from];
            _counts[to] = isNew ? 0 : _counts[to];
            Mix(to, count, _meanSeconds[from], _means[from], _meanLoads.AsSpan(from * means, means));
        }

        _used = to + 1;
        return span / 2;
    }

    private void Move(int from, int to)
    {
        (_seconds[to], _bytes[to]) = (_seconds[from], _bytes[from]);
        _loads.AsSpan(from * loads, loads).CopyTo(_loads.AsSpan(to * loads));
    }
}
