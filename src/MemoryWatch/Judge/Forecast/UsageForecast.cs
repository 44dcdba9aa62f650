namespace MemoryWatch.Judge;

/// <summary>When one usage reaches its limit: by the climb of the last seconds, otherwise by the trend of the last minutes, hours or days.</summary>
internal sealed class UsageForecast
{
    // Below this part of the limit, a climb is the start of a program or a burst of load, which mostly ends by itself.
    private const double PartFromWhichClimbsCount = 0.5;
    private const double LeastPartOfLimit = 0.01;
    private static readonly TimeSpan LongestClimb = TimeSpan.FromMinutes(10);

    // What lies further ahead is of no use, and no rate stays the same for so long.
    private static readonly TimeSpan LongestTrend = TimeSpan.FromDays(30);

    // The first readings are those of a program that starts.
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(30);

    private (LimitSource, UsagePrecision) _kind;
    private Pace _pace = new();
    private RecentHigh _high = new();
    private TrendSeries _trend = new();

    /// <summary>
    /// Seconds to the limit at the pace of the last one to two seconds, whether it is significant or not; infinity if memory does not grow.
    /// </summary>
    public double SecondsAtPace { get; private set; } = double.PositiveInfinity;

    /// <param name="now">The time, which never goes back.</param>
    /// <param name="usage">The usage and its limit.</param>
    /// <param name="stayingBytes">The part of the usage that is no garbage; <see langword="null"/> if unknown.</param>
    public TimeToLimit? Next(TimeSpan now, in MemoryUsage usage, long? stayingBytes)
    {
        if (usage is not { UsedBytes: { } used, LimitBytes: > 0 and { } limit, AvailableBytes: { } available })
        {
            SecondsAtPace = double.PositiveInfinity;
            return null;
        }

        if (_kind != (usage.Source, usage.Precision))
        {
            // Another memory, or another way to count it: its numbers say nothing about the growth of this one.
            _kind = (usage.Source, usage.Precision);
            (_pace, _high, _trend) = (new(), new(), new());
        }

        SecondsAtPace = _pace.Add(now, used) is > 0 and var pace ? available / pace : double.PositiveInfinity;
        _high.Add(now, used);
        if (now >= Start)
        {
            _trend.Add(now, used, stayingBytes, limit);
        }

        // An upper bound contains the file cache, whose growth leads to no limit.
        return available == 0 || usage.Precision == UsagePrecision.AtMost ? null
            : Climb(now, usage, used, available) ?? Within(LongestTrend, usage, available, _trend.Rate(available));
    }

    private TimeToLimit? Climb(TimeSpan now, in MemoryUsage usage, long used, long available) =>
        usage.Fraction >= PartFromWhichClimbsCount
        && _pace.Climb(out var grown) is { } climb
        && grown >= usage.LimitBytes * LeastPartOfLimit
        && _high.IsExceededBy(used, now)
            ? Within(LongestClimb, usage, available, climb)
            : null;

    private static TimeToLimit? Within(TimeSpan longest, in MemoryUsage usage, long available, Estimate? rate)
    {
        if (rate is not { } growth || available / growth.Value > longest.TotalSeconds)
        {
            return null;
        }

        var latest = available / growth.Low;
        return new(
            usage.Source,
            TimeSpan.FromSeconds(available / growth.High),
            latest <= LongestTrend.TotalSeconds ? TimeSpan.FromSeconds(latest) : null,
            growth);
    }
}
