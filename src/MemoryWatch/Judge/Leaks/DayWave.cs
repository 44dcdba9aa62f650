namespace MemoryWatch.Judge;

/// <summary>
/// Takes the load of the day out of floors, so that they are compared at the same time of day: a wave with a period of 24 hours, fitted beside a
/// line. It needs a day and a half.
/// </summary>
internal static class DayWave
{
    private const double Day = 86_400;
    private const int Unknowns = 4;

    // In less time a wave cannot be told from a trend.
    private const double LeastSeconds = 1.5 * Day;

    /// <summary>Whether there is time enough to know the load of the day.</summary>
    public static bool IsKnown(ReadOnlySpan<double> seconds) => seconds.Length >= 2 * Unknowns && seconds[^1] - seconds[0] >= LeastSeconds;

    /// <param name="seconds">When the floors were, in seconds.</param>
    /// <param name="floors">The floors, in bytes; the wave is subtracted from them.</param>
    public static void Remove(ReadOnlySpan<double> seconds, Span<double> floors)
    {
        if (!IsKnown(seconds))
        {
            return;
        }

        Span<double> equations = stackalloc double[Unknowns * (Unknowns + 1)];
        Span<double> terms = stackalloc double[Unknowns];
        for (var i = 0; i < seconds.Length; i++)
        {
            Terms(seconds[i], seconds[^1], terms);
            for (var row = 0; row < Unknowns; row++)
            {
                for (var column = 0; column < Unknowns; column++)
                {
                    equations[(row * (Unknowns + 1)) + column] += terms[row] * terms[column];
                }

                equations[(row * (Unknowns + 1)) + Unknowns] += terms[row] * (floors[i] - floors[0]);
            }
        }

        if (!LinearEquations.Solve(equations, Unknowns))
        {
            return;
        }

        var (sine, cosine) = (equations[(2 * (Unknowns + 1)) + Unknowns], equations[(3 * (Unknowns + 1)) + Unknowns]);
        for (var i = 0; i < seconds.Length; i++)
        {
            Terms(seconds[i], seconds[^1], terms);
            floors[i] -= (sine * terms[2]) + (cosine * terms[3]);
        }
    }

    private static void Terms(double seconds, double length, Span<double> terms)
    {
        var angle = 2 * Math.PI * seconds / Day;
        (terms[0], terms[1], terms[2], terms[3]) = (1, seconds / length, Math.Sin(angle), Math.Cos(angle));
    }
}
