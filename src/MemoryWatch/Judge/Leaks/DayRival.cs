using System.Runtime.CompilerServices;

namespace MemoryWatch.Judge;

/// <summary>
/// Tells a growth that goes on from the load of a day that happens to rise: a line is compared with a wave of 24 hours without any trend, of any
/// height and phase. In a few hours both look the same; the longer a growth stays straight, and the less noise there is, the more the line wins.
/// A growth that begins late is compared with all that was before it, because no day turns at one moment.
/// </summary>
internal static class DayRival
{
    private const double Day = 86_400;
    private const int Line = 2;
    private const int MostTerms = 3;

    /// <param name="seconds">When all floors were, in seconds.</param>
    /// <param name="floors">All floors, in bytes.</param>
    /// <param name="start">The floor at which the growth begins: there the line has a bend.</param>
    /// <param name="memory">Correlation of neighboring residuals; such floors count for less.</param>
    /// <returns>By how much the line is the better explanation, as a difference of log-likelihoods; negative if the wave is.</returns>
    public static double LineBeatsWave(ReadOnlySpan<double> seconds, ReadOnlySpan<double> floors, int start, double memory)
    {
        var independent = seconds.Length * (1 - memory) / (1 + memory);
        Span<double> terms = stackalloc double[seconds.Length * MostTerms];
        var unknowns = start == 0 ? Line : MostTerms;
        LineTerms(seconds, start, terms);
        var line = SquaresOf(terms, floors, unknowns);
        WaveTerms(seconds, terms);
        var wave = SquaresOf(terms, floors, MostTerms);

        // The bend was looked for, and pays for that as in the Bayesian information criterion.
        var price = start == 0 ? 0 : Math.Log(Math.Max(2, independent)) / 2;
        return line is { } a && wave is { } b ? (independent / 2 * Math.Log(Math.Max(b, double.Epsilon) / Math.Max(a, double.Epsilon))) - price : 0;
    }

    /// <summary>The sum of the squared distances to the best line or wave.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double? SquaresOf(ReadOnlySpan<double> terms, ReadOnlySpan<double> floors, int unknowns)
    {
        var width = unknowns + 1;
        Span<double> equations = stackalloc double[unknowns * width];
        for (var i = 0; i < floors.Length; i++)
        {
            var own = terms.Slice(i * MostTerms, unknowns);
            for (var row = 0; row < unknowns; row++)
            {
                for (var column = 0; column < unknowns; column++)
                {
                    equations[(row * width) + column] += own[row] * own[column];
                }

                equations[(row * width) + unknowns] += own[row] * (floors[i] - floors[0]);
            }
        }

        if (!LinearEquations.Solve(equations, unknowns))
        {
            return null;
        }

        var squares = 0.0;
        for (var i = 0; i < floors.Length; i++)
        {
            var distance = floors[i] - floors[0];
            for (var row = 0; row < unknowns; row++)
            {
                distance -= terms[(i * MostTerms) + row] * equations[(row * width) + unknowns];
            }

            squares += distance * distance;
        }

        return squares;
    }

    private static void LineTerms(ReadOnlySpan<double> seconds, int start, Span<double> terms)
    {
        var length = seconds[^1] - seconds[0];
        for (var i = 0; i < seconds.Length; i++)
        {
            terms[i * MostTerms] = 1;
            terms[(i * MostTerms) + 1] = (seconds[i] - seconds[0]) / length;
            terms[(i * MostTerms) + 2] = Math.Max(0, seconds[i] - seconds[start]) / length;
        }
    }

    /// <summary>Scaled to about 1, because a short part of a wave is nearly a line, and its curve nearly nothing.</summary>
    private static void WaveTerms(ReadOnlySpan<double> seconds, Span<double> terms)
    {
        var half = (seconds[^1] - seconds[0]) / 2;
        var angle = Math.PI * 2 * half / Day;
        var least = Math.Min(angle, 1);
        for (var i = 0; i < seconds.Length; i++)
        {
            var place = (seconds[i] - seconds[0] - half) / half;
            terms[i * MostTerms] = 1;
            terms[(i * MostTerms) + 1] = Math.Sin(angle * place) / least;
            terms[(i * MostTerms) + 2] = (1 - Math.Cos(angle * place)) / (least * least);
        }
    }
}
