using System.Globalization;

namespace MemoryWatch;

/// <summary>The forms of numbers in all texts of the watch, in any culture of the machine.</summary>
internal static class MemoryText
{
    public const string NotAvailable = "n/a";
    private const double Megabyte = 1024d * 1024d;

    /// <summary>The words before a number that is a bound, such as <c>at most </c>; empty for an exact number.</summary>
    public static string Bound(UsagePrecision precision) => precision switch
    {
        UsagePrecision.AtMost => "at most ",
        UsagePrecision.AtLeast => "at least ",
        _ => string.Empty,
    };

    /// <summary>Formats megabytes (1024 x 1024 bytes) with one decimal: <c>152.5 MB</c>.</summary>
    public static string Megabytes(long? bytes) =>
        bytes is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value / Megabyte:0.0} MB") : NotAvailable;

    /// <summary>Formats a limit: <c>512 MB</c> if it is a whole number of megabytes, otherwise with one decimal.</summary>
    public static string Limit(long? bytes) =>
        bytes is { } value && value % (1024 * 1024) == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{value / (1024 * 1024)} MB")
            : Megabytes(bytes);

    /// <summary>Formats a difference with its sign: <c>+0.6 MB</c>, <c>-3.0 MB</c>.</summary>
    public static string Change(long? bytes) =>
        bytes is { } value
            ? string.Create(CultureInfo.InvariantCulture, $"{value / Megabyte:+0.0;-0.0;+0.0} MB")
            : NotAvailable;

    /// <summary>Formats a fraction (1 is all) as a percentage with one decimal: <c>56.2%</c>.</summary>
    public static string Percent(double? fraction) =>
        fraction is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.0}%") : NotAvailable;

    /// <summary>Formats a duration in milliseconds below one second, otherwise in seconds with one decimal: <c>38 ms</c>, <c>12.4 s</c>.</summary>
    public static string Duration(TimeSpan duration) =>
        Math.Max(0, Math.Round(duration.TotalMilliseconds)) is var milliseconds and < 1000
            ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s");

    /// <summary>Formats a setting's time span in the largest whole unit: <c>5 min</c>, <c>90 s</c>, <c>250 ms</c>; zero is <c>off</c>.</summary>
    public static string Interval(TimeSpan interval) => interval switch
    {
        { Ticks: 0 } => "off",
        _ when interval.Ticks % TimeSpan.TicksPerMinute == 0 => Whole(interval.TotalMinutes, "min"),
        _ when interval.Ticks % TimeSpan.TicksPerSecond == 0 => Whole(interval.TotalSeconds, "s"),
        _ => Whole(interval.TotalMilliseconds, "ms"),
    };

    /// <summary>Formats a number without a unit: <c>1234</c>.</summary>
    public static string Count(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? NotAvailable;

    private static string Whole(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{value:0} {unit}");
}
