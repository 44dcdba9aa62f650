namespace MemoryWatch.Judge;

/// <summary>
/// Compares memory at moments of the same load: the same value of each metric, and nothing in flight. What grew between two such moments is not
/// load. In fixed memory: at most <see cref="MostLevels"/> loads with a few floors each. If there are more, one that was seen only for a moment
/// makes room.
/// </summary>
/// <remarks>
/// The slope is that of Theil and Sen over the pairs of floors with the same load, with the interval of the seasonal Kendall test, where a load
/// takes the place of a season.
/// </remarks>
internal sealed class EqualLoad
{
    private const int MostLevels = 16;
    private const int MostFloors = 8;
    private const int LeastPairs = 6;

    private readonly List<Level> _levels = [];

    /// <summary>Adds a reading that was taken with nothing in flight.</summary>
    /// <param name="seconds">Its time, in seconds.</param>
    /// <param name="bytes">The memory, in bytes.</param>
    /// <param name="metrics">The value of each metric.</param>
    public void Add(double seconds, double bytes, ReadOnlySpan<double> metrics)
    {
        if (LevelOf(metrics) is { } level)
        {
            level.Floors.Add(seconds, bytes, default);
        }
    }

    /// <summary>What memory grows by a second at equal load.</summary>
    /// <param name="span">The time that must lie between some of the moments, in seconds.</param>
    /// <returns>The slope and its interval; <see langword="null"/> if there are too few such moments.</returns>
    public Estimate? Slope(double span)
    {
        const int MostPairs = MostFloors * (MostFloors - 1) / 2;
        Span<double> slopes = stackalloc double[MostLevels * MostPairs];
        var (count, variance, longest) = (0, 0.0, 0.0);
        foreach (var level in _levels)
        {
            var seconds = level.Floors.Seconds;
            count += RobustLine.Pairs(seconds, level.Floors.Floors, slopes[count..]);
            variance += RobustLine.Variance(seconds.Length);
            longest = seconds.IsEmpty ? longest : Math.Max(longest, seconds[^1] - seconds[0]);
        }

        if (count < LeastPairs || longest < span)
        {
            return null;
        }

        slopes = slopes[..count];
        slopes.Sort();
        var (low, high) = RobustLine.Interval(slopes, variance, RobustLine.Sure);
        return new(MedianInterval.Median(slopes), low, high);
    }

    private Level? LevelOf(ReadOnlySpan<double> metrics)
    {
        foreach (var metric in metrics)
        {
            if (!double.IsFinite(metric))
            {
                return null;
            }
        }

        foreach (var level in _levels)
        {
            if (metrics.SequenceEqual(level.Metrics))
            {
                return level;
            }
        }

        var free = _levels.Count < MostLevels ? Grow(metrics.Length) : _levels.Find(static level => level.Floors.Count == 0);
        if (free is not null)
        {
            metrics.CopyTo(free.Metrics);
            free.Floors.Clear();
        }

        return free;
    }

    private Level Grow(int metrics)
    {
        var level = new Level(metrics);
        _levels.Add(level);
        return level;
    }

    private sealed class Level(int metrics)
    {
        public double[] Metrics { get; } = new double[metrics];

        public FloorSeries Floors { get; } = new(loads: 0, means: 0, MostFloors);
    }
}
