using System.Diagnostics;
using MemoryWatch.Benchmarks.Reporting;

namespace MemoryWatch.Benchmarks.Rows;

/// <summary>
/// Calls measured in turns: where a difference of two is small, it must not hang on how fast the machine was while each of them had its
/// time.
/// </summary>
internal static class Turns
{
    private const int Count = 301;
    private const int Calls = 500;

    // The runtime compiles what is called often a second time, and that takes a while however short the calls are.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <returns>Of the turns the medians: nanoseconds of the first, and how many more the second took.</returns>
    public static (double First, double More) Compare(Action first, Action second, bool smoke)
    {
        var (firsts, mores) = (new List<double>(), new List<double>());
        for (var started = Stopwatch.GetTimestamp(); !smoke && Stopwatch.GetElapsedTime(started) < WarmUp;)
        {
            Measure(first);
            Measure(second);
        }

        for (var turn = smoke ? Count - 1 : 0; turn < Count; turn++)
        {
            var (one, two) = (Measure(first), Measure(second));
            firsts.Add(one);
            mores.Add(two - one);
        }

        return (firsts.Median(), mores.Median());
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
