using System.Diagnostics;

namespace MemoryWatch.Testing;

/// <summary>
/// Measures by how many bytes the live heap grows per call. Other threads of the process change the heap too. So each round of calls is followed by as
/// much time without calls, whose growth is subtracted, and too much growth counts only if it is there in several attempts, in which what others
/// do weighs less and less.
/// </summary>
internal static class RetentionMeasurement
{
    public const int Rounds = 6;

    private const int Attempts = 6;

    // Of the rounds of the last attempts, so many must have grown too much: a leak is in each, but another thread may free much during one or two.
    private const int JudgedAttempts = 3;
    private const int MaxRoundsWithin = 2;
    private const int MaxFactor = 16;

    /// <summary>Half of the smallest object. What is kept with each call is more, so less is no growth.</summary>
    public const double ResolutionBytes = 12;

    /// <summary>Measures until nearly all rounds are within the maximum, or the attempts are used up.</summary>
    /// <remarks>It runs on the caller's thread to its end if the batch does.</remarks>
    public static async Task<RetentionResult> PerCallAsync(long maximumBytes, Func<int, Task> batch, int calls)
    {
        await batch(calls).ConfigureAwait(false);
        var within = 0;
        for (var attempt = 1; ; attempt++)
        {
            var count = calls * Math.Min(1 << (attempt - 1), MaxFactor);
            var grown = new double[Rounds];
            var noise = new double[Rounds];
            for (var round = 0; round < Rounds; round++)
            {
                var (withCalls, without) = await RoundAsync(batch, count).ConfigureAwait(false);
                (grown[round], noise[round]) = ((withCalls - without) / (double)count, Math.Abs(without) / (double)count);
            }

            var withinNow = grown.Count(g => g <= maximumBytes + ResolutionBytes);
            within += attempt > Attempts - JudgedAttempts ? withinNow : 0;

            // While others change the heap by more than could be told from a leak, only many calls can show that there is none.
            var isClear = withinNow >= Rounds - 1 && Median.Of(noise) <= ResolutionBytes;
            if (isClear || within > MaxRoundsWithin || attempt == Attempts)
            {
                return new(Median.Of(grown), count, isClear || within > MaxRoundsWithin);
            }
        }
    }

    private static async Task<(long WithCalls, long Without)> RoundAsync(Func<int, Task> batch, int calls)
    {
        var before = LiveHeap.Read();
        var start = Stopwatch.GetTimestamp();
        await batch(calls).ConfigureAwait(false);
        var duration = Stopwatch.GetElapsedTime(start);
        var after = LiveHeap.Read();
        Wait(duration);
        return (after - before, LiveHeap.Read() - after);
    }

    private static void Wait(TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        var spin = new SpinWait();
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            spin.SpinOnce();
        }
    }
}
