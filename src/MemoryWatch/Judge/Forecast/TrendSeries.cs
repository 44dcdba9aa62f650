namespace MemoryWatch.Judge;

/// <summary>
/// The floors of one usage over five lengths of time, from 8 minutes to 34 hours, in constant memory. A rate is computed when a span of its
/// length ends, not at each reading.
/// </summary>
internal sealed class TrendSeries
{
    // Growth is extrapolated to at most so many times the time in which it was observed.
    private const double Reach = 10;

    private readonly FloorRing[] _rings =
    [
        new(TimeSpan.FromSeconds(15)), new(TimeSpan.FromMinutes(1)), new(TimeSpan.FromMinutes(4)), new(TimeSpan.FromMinutes(16)),
        new(TimeSpan.FromMinutes(64)),
    ];

    private readonly Estimate?[] _rates = new Estimate?[5];

    /// <param name="now">The time, which never goes back.</param>
    /// <param name="bytes">The usage.</param>
    /// <param name="stayingBytes">The part of it that is no garbage; <see langword="null"/> if unknown.</param>
    /// <param name="limitBytes">The limit.</param>
    public void Add(TimeSpan now, long bytes, long? stayingBytes, long limitBytes)
    {
        for (var i = 0; i < _rings.Length; i++)
        {
            if (_rings[i].Add(now, bytes, stayingBytes ?? double.NaN))
            {
                _rates[i] = Trend.Of(_rings[i], limitBytes, _rings.AsSpan(i + 1));
            }
        }
    }

    /// <summary>
    /// Growth in bytes per second by the longest time over which it is steady; <see langword="null"/> if there is none, or if it is too slow to
    /// foretell what happens to the available bytes.
    /// </summary>
    public Estimate? Rate(long availableBytes)
    {
        for (var i = _rings.Length - 1; i >= 0; i--)
        {
            if (_rates[i] is { } rate && availableBytes / rate.Value <= Reach * _rings[i].Observed.TotalSeconds)
            {
                return rate;
            }
        }

        return null;
    }
}
