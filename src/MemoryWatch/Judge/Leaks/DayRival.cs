namespace MemoryWatch.Judge;

/// <summary>
/// Tells a growth that goes on from the load of a day that happens to rise: a line is compared with a wave of 24 hours without any trend, of any
/// height and phase. In a few hours both look the same; the longer a growth stays straight, and the less noise there is, the more the line wins.
/// </summary>
internal static class DayRival
{
    private const double Day = 86_400;
    private const int Line = 2;
    private const int Wave = 3;

    /// <param name="seconds">When the floors of a growth were, in seconds.</param>
    /// <param name="floors">The floors, in bytes.</param>
    /// <param name="memory">Correlation of neighboring residuals; such floors count for less.</param>
    /// <returns>By how much the line is the better explanation, as a difference of log-likelihoods; negative if the wave is.</returns>
    public static double LineBeatsWave(ReadOnlySpan<double> seconds, ReadOnlySpan<double> floors, double memory)
    {
        var independent = seconds.Length * (1 - memory) / (1 + memory);
        var (line, wave) = (SquaresOf(seconds, floors, Line), SquaresOf(seconds, floors, Wave));
        return line is { } a && wave is { } b ? independent / 2 * Math.Log(Math.Max(b, double.Epsilon) / Math.Max(a, double.Epsilon)) : 0;
    }

    /// <summary>The sum of the squared distances to the best line or wave.</summary>
    private static double? SquaresOf(ReadOnlySpan<double> seconds, ReadOnlySpan<double> floors, int unknowns)
    {
        var width = unknowns + 1;
        Span<double> equations = stackalloc double[unknowns * width];
        Span<double> terms = stackalloc double[unknowns];
        for (var i = 0; i < seconds.Length; i++)
        {
            Terms(seconds, i, terms);
            for (var row = 0; row < unknowns; row++)
            {
                for (var column = 0; column < unknowns; column++)
                {
                    equations[(row * width) + column] += terms[row] * terms[column];
                }

                equations[(row * width) + unknowns] += terms[row] * (floors[i] - floors[0]);
            }
        }

        if (!LinearEquations.Solve(equations, unknowns))
        {
            return null;
        }

        var squares = 0.0;
        for (var i = 0; i < seconds.Length; i++)
        {
            Terms(seconds, i, terms);
            var distance = floors[i] - floors[0];
            for (var row = 0; row < unknowns; row++)
            {
                distance -= terms[row] * equations[(row * width) + unknowns];
            }

            squares += distance * distance;
        }

        return squares;
    }

    /// <summary>Scaled to about 1, because a short part of a wave is nearly a line, and its curve nearly nothing.</summary>
    private static void Terms(ReadOnlySpan<double> seconds, int i, Span<double> terms)
    {
        var half = (seconds[^1] - seconds[0]) / 2;
        var (place, angle) = ((seconds[i] - seconds[0] - half) / half, Math.PI * 2 * half / Day);
        terms[0] = 1;
        if (terms.Length == Line)
        {
            terms[1] = place;
            return;
        }

        var least = Math.Min(angle, 1);
        terms[1] = Math.Sin(angle * place) / least;
        terms[2] = (1 - Math.Cos(angle * place)) / (least * least);
    }
}
