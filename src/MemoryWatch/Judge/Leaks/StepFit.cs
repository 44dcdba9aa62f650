using System.Runtime.CompilerServices;

namespace MemoryWatch.Judge;

/// <summary>
/// Whether floors are better explained by a few steps with level stretches between them than by a line: sessions that came to stay, caches that
/// were loaded, but not a leak, which goes on.
/// </summary>
/// <remarks>
/// The best piecewise constant function with at most <see cref="MostSteps"/> steps is found by dynamic programming. It has more parameters than a
/// line, and pays for them as in the Bayesian information criterion.
/// </remarks>
internal static class StepFit
{
    /// <summary>More steps than this are a growth that goes on.</summary>
    public const int MostSteps = 5;

    private const int Pieces = MostSteps + 1;

    // What a line grows by is nearly all within the pieces; what steps grow by is between them.
    private const double LevelPart = 0.3;

    /// <param name="y">The floors.</param>
    /// <param name="lineSquares">Sum of the squared distances of the floors to the line that competes.</param>
    /// <param name="growth">What the line grows by.</param>
    public static bool IsBetterThanLine(ReadOnlySpan<double> y, double lineSquares, double growth)
    {
        var n = y.Length;
        Span<double> costs = stackalloc double[n * n];
        Span<double> best = stackalloc double[Pieces * n];
        Span<byte> starts = stackalloc byte[Pieces * n];
        CostsOf(y, costs);
        costs[..n].CopyTo(best);

        // Differences below 1 % of the growth do not count, or a perfect staircase would win by its precision alone.
        var floor = n * Math.Pow(growth * 0.01, 2);
        var line = Criterion(n, lineSquares + floor, 2);
        for (var piece = 1; piece < Pieces && n > 2 * (piece + 1); piece++)
        {
            AddPiece(costs, best, starts, n, piece);
            if (Criterion(n, best[(piece * n) + n - 1] + floor, (2 * piece) + 1) < line && GrowthWithin(y, starts, piece) < LevelPart * growth)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Fills in what each piece costs: the squared distances of its floors to their mean.</summary>
    private static void CostsOf(ReadOnlySpan<double> y, Span<double> costs)
    {
        var n = y.Length;
        for (var i = 0; i < n; i++)
        {
            double sum = 0, squares = 0;
            for (var j = i; j < n; j++)
            {
                var d = y[j] - y[0];
                sum += d;
                squares += d * d;
                costs[(i * n) + j] = Math.Max(0, squares - (sum * sum / (j - i + 1)));
            }
        }
    }

    /// <summary>Fills in the best function with one more piece that ends at each floor, and where its last piece starts.</summary>
    // A judgment runs this loop some thousand times. Compiled once, without a profile, it takes no further memory of the compiler.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddPiece(ReadOnlySpan<double> costs, Span<double> best, Span<byte> starts, int n, int piece)
    {
        var (now, before) = (piece * n, (piece - 1) * n);
        for (var j = piece; j < n; j++)
        {
            best[now + j] = double.MaxValue;
            for (var i = piece; i <= j; i++)
            {
                var cost = best[before + i - 1] + costs[(i * n) + j];
                if (cost < best[now + j])
                {
                    (best[now + j], starts[now + j]) = (cost, (byte)i);
                }
            }
        }
    }

    /// <summary>What the floors grew by within the pieces, between the steps.</summary>
    private static double GrowthWithin(ReadOnlySpan<double> y, ReadOnlySpan<byte> starts, int piece)
    {
        var (sum, end) = (0.0, y.Length);
        for (; piece >= 0; piece--)
        {
            var start = piece == 0 ? 0 : starts[(piece * y.Length) + end - 1];
            sum += Growth(y[start..end]);
            end = start;
        }

        return sum;
    }

    private static double Growth(ReadOnlySpan<double> piece)
    {
        double middle = (piece.Length - 1) / 2.0, products = 0, squares = 0;
        for (var i = 0; i < piece.Length; i++)
        {
            products += (i - middle) * piece[i];
            squares += (i - middle) * (i - middle);
        }

        return squares == 0 ? 0 : products / squares * (piece.Length - 1);
    }

    private static double Criterion(int n, double squares, int parameters) =>
        (n * Math.Log(Math.Max(squares, double.Epsilon) / n)) + (parameters * Math.Log(n));
}
