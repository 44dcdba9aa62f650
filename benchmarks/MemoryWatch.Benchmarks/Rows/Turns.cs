using System.Diagnostics;
using MemoryWatch.Benchmarks.Reporting;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>Measures two calls in turns: a small difference between them must not depend on the machine's speed while each one runs.</summary>
internal static class Turns
{
    private const int Count = 301;
    private const int Calls = 500;

    // The runtime compiles frequently called code a second time, which takes a while however short the calls are.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <returns>Extra nanoseconds of the second call: the median of the turns.</returns>
    public static double Difference(Action first, Action second, bool smoke)
    {
        var differences = new List<double>();
        for (var started = Stopwatch.GetTimestamp(); !smoke && Stopwatch.GetElapsedTime(started) < WarmUp;)
        {
            Measure(first);
            Measure(second);
        }

        for (var turn = smoke ? Count - 1 : 0; turn < Count; turn++)
        {
            var (one, two) = (Measure(first), Measure(second));
            differences.Add(two - one);
        }

        return differences.Median();
    }

    private static double Measure(Action call)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Calls; i++)
        {
            call();
        }

        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Calls;
    }
}
