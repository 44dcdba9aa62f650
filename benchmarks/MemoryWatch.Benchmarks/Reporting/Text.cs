using System.Globalization;

namespace MemoryWatch.Benchmarks.Reporting;

/// <summary>Formats numbers for the tables, the same in every culture.</summary>
internal static class Text
{
    public static string Of(string format, double number) => string.Format(CultureInfo.InvariantCulture, format, number);

    /// <summary>Formats nanoseconds; from 10,000 ns on, in microseconds.</summary>
    public static string Time(double nanoseconds) =>
        nanoseconds < 10_000 ? Of("{0:0.0} ns", nanoseconds) : Of("{0:0.0} us", nanoseconds / 1000);
}
