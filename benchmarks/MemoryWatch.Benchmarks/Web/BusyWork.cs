using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace MemoryWatch.Benchmarks.Web;

/// <summary>Processor-only work: no memory, no allocation, the same amount each time.</summary>
internal static class BusyWork
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static ulong Run(int rounds)
    {
        var state = 88172645463325252UL;
        for (; rounds > 0; rounds--)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
        }

        return state;
    }

    /// <summary>Returns the rounds per millisecond on an undisturbed processor: the best of several attempts.</summary>
    public static int RoundsPerMillisecond()
    {
        const int Rounds = 1_000_000;
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 20; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Run(Rounds);
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
        }

        return (int)(Rounds / best.TotalMilliseconds);
    }
}
