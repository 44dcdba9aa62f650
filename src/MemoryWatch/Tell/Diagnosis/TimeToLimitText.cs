using System.Globalization;

namespace MemoryWatch.Tell;

/// <summary>The time to a limit, rounded to what is known of it, and the growth that leads there.</summary>
internal static class TimeToLimitText
{
    private const double Megabyte = 1024 * 1024;

    // A rate is given per second, minute or hour, so that it has at least this many megabytes.
    private const double LeastRate = 1;

    /// <summary>Such as <c>+12.4 MB/h, limit in 7-9 h</c> or <c>+1.2 MB/min, GC limit in 3-4 h</c>.</summary>
    public static string Growth(TimeToLimit time) => $"{Rate(time.BytesPerSecond.Value)}, {Limit(time.Source)} in {Interval(time)}";

    /// <summary>Such as <c>limit at this pace in 40 s</c>.</summary>
    public static string AtThisPace(TimeToLimit time) => $"{Limit(time.Source)} at this pace in {Interval(time)}";

    private static string Rate(double bytesPerSecond)
    {
        var (megabytes, unit) = (bytesPerSecond / Megabyte) switch
        {
            >= LeastRate and var perSecond => (perSecond, "s"),
            >= LeastRate / 60 and var perSecond => (perSecond * 60, "min"),
            var perSecond => (perSecond * 3600, "h"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"+{megabytes:0.0} MB/{unit}");
    }

    public static string Limit(LimitSource source) => source switch
    {
        LimitSource.GCHeap => "GC limit",
        LimitSource.Throttling => "memory.high",
        _ => "limit",
    };

    /// <summary>The interval in the largest unit in which its start has a number; the start is rounded down and the end up.</summary>
    public static string Interval(TimeToLimit time)
    {
        var (unit, name) = time.Soonest.TotalSeconds switch
        {
            < 120 => (1, "s"),
            < 2 * 3600 => (60, "min"),
            < 2 * 86400 => (3600, "h"),
            _ => (86400, "days"),
        };
        var from = Rounded(time.Soonest.TotalSeconds / unit, Math.Floor);
        if (time.Latest is not { } latest)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{from} {name} or later");
        }

        var to = Math.Max(1, Rounded(latest.TotalSeconds / unit, Math.Ceiling));
        return from == to
            ? string.Create(CultureInfo.InvariantCulture, $"{to} {name}")
            : string.Create(CultureInfo.InvariantCulture, $"{from}-{to} {name}");
    }

    // To two digits, because the third is never known.
    private static double Rounded(double value, Func<double, double> round)
    {
        var digits = value >= 100 ? Math.Pow(10, Math.Floor(Math.Log10(value)) - 1) : 1;
        return round(value / digits) * digits;
    }
}
