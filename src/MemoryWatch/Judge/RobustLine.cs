using System.Runtime.CompilerServices;

namespace MemoryWatch.Judge;

/// <summary>
/// A line through points by Theil and Sen: its slope is the median of the slopes of all pairs, so a few points that are far off do not move it.
/// The interval is Kendall's, and it is wider if neighboring residuals resemble each other, because such points tell less than independent ones.
/// </summary>
/// <param name="Slope">The slope.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of its interval.</param>
/// <param name="Middle">The height of the line at x = 0.</param>
/// <param name="Noise">
/// Standard deviation of the distances to the line, from their median absolute deviation.
/// </param>
/// <param name="Memory">Correlation of neighboring residuals, 0 to 0.6.</param>
internal readonly record struct RobustLine(double Slope, double Low, double High, double Middle, double Noise, double Memory)
{
    /// <summary>Maximum number of points. More would cost too much, because the number of pairs is quadratic.</summary>
    public const int MostPoints = 48;

    /// <summary>The number of standard deviations on each side of an interval of 99.9 %.</summary>
    public const double Sure = 3.3;

    /// <summary>The number of standard deviations on each side of an interval of 95 %.</summary>
    public const double Likely = 1.96;

    private const double MostMemory = 0.6;
    private const double NormalDeviation = 1.4826;

    public double At(double x) => Middle + (Slope * x);

    /// <param name="x">The places of the points.</param>
    /// <param name="y">Their heights.</param>
    /// <param name="confidence">Number of standard deviations on each side of the interval.</param>
    /// <returns>The line; <see langword="null"/> if there are too few points at different places, or too many points.</returns>
    public static RobustLine? Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double confidence = Sure)
    {
        var n = x.Length;
        if (n is < 4 or > MostPoints)
        {
            return null;
        }

        Span<double> slopes = stackalloc double[n * (n - 1) / 2];
        var count = Pairs(x, y, slopes);
        if (count < n)
        {
            return null;
        }

        slopes = slopes[..count];
        slopes.Sort();
        var slope = MedianInterval.Median(slopes);
        Span<double> rest = stackalloc double[n];
        var (middle, noise) = Residuals(x, y, slope, rest);
        var memory = MemoryOf(rest);
        var (low, high) = Interval(slopes, Variance(n) * (1 + memory) / (1 - memory), confidence);
        return new(slope, low, high, middle, noise, memory);
    }

    /// <summary>Fills in the slopes of all pairs of points at different places.</summary>
    /// <returns>Number of slopes.</returns>
    // A judgment runs this loop a thousand times for each line. Compiled once, without a profile, it takes no further memory of the compiler.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Pairs(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> slopes)
    {
        var count = 0;
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = i + 1; j < x.Length; j++)
            {
                if (x[i] != x[j])
                {
                    slopes[count++] = (y[j] - y[i]) / (x[j] - x[i]);
                }
            }
        }

        return count;
    }

    /// <summary>Variance of Kendall's sum over the pairs of so many independent points.</summary>
    public static double Variance(int points) => points * (points - 1) * ((2.0 * points) + 5) / 18;

    /// <summary>The interval of the median of sorted slopes; their extremes if there are too few for one so wide.</summary>
    public static (double Low, double High) Interval(ReadOnlySpan<double> slopes, double variance, double confidence)
    {
        var far = Math.Min((int)Math.Ceiling((slopes.Length + (confidence * Math.Sqrt(variance))) / 2), slopes.Length - 1);
        return (slopes[slopes.Length - 1 - far], slopes[far]);
    }

    /// <summary>Fills in the distances to the line.</summary>
    private static (double Middle, double Noise) Residuals(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double slope, Span<double> rest)
    {
        Span<double> sorted = stackalloc double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            sorted[i] = rest[i] = y[i] - (slope * x[i]);
        }

        sorted.Sort();
        var middle = MedianInterval.Median(sorted);
        for (var i = 0; i < x.Length; i++)
        {
            rest[i] -= middle;
            sorted[i] = Math.Abs(rest[i]);
        }

        sorted.Sort();
        return (middle, NormalDeviation * MedianInterval.Median(sorted));
    }

    /// <summary>
    /// Correlation of the ranks of neighbors: ranks, so that a single spike does not hide it. Few points show too little of it, so it is corrected
    /// upward as Kendall proposed.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double MemoryOf(ReadOnlySpan<double> rest)
    {
        var n = rest.Length;
        double sum = 0, squares = 0, before = 0;
        for (var i = 0; i < n; i++)
        {
            var rank = 0.0;
            foreach (var other in rest)
            {
                rank += other < rest[i] ? 1 : other == rest[i] ? 0.5 : 0;
            }

            rank -= n / 2.0;
            sum += i == 0 ? 0 : rank * before;
            squares += rank * rank;
            before = rank;
        }

        var correlation = squares == 0 ? 0 : sum / squares;
        return Math.Clamp(correlation + ((1 + (3 * correlation)) / n), 0, MostMemory);
    }
}
