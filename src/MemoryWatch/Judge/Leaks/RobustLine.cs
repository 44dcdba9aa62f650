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
/// <param name="Memory">Correlation of neighboring residuals, 0 to <see cref="MostMemory"/>.</param>
internal readonly record struct RobustLine(double Slope, double Low, double High, double Middle, double Noise, double Memory)
{
    /// <summary>The maximum number of points.</summary>
    public const int MostPoints = FloorSeries.Capacity;

    /// <summary>The number of standard deviations on each side of the interval: 99.9 %.</summary>
    public const double Confidence = 3.3;

    private const double MostMemory = 0.6;
    private const double NormalDeviation = 1.4826;

    public double At(double x) => Middle + (Slope * x);

    /// <returns>The line; <see langword="null"/> if there are too few points at different places.</returns>
    public static RobustLine? Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var n = x.Length;
        if (n is < 4 or > MostPoints)
        {
            return null;
        }

        Span<double> slopes = stackalloc double[MostPoints * (MostPoints - 1) / 2];
        var count = 0;
        for (var i = 0; i < n; i++)
        {
            for (var j = i + 1; j < n; j++)
            {
                if (x[i] != x[j])
                {
                    slopes[count++] = (y[j] - y[i]) / (x[j] - x[i]);
                }
            }
        }

        if (count < n)
        {
            return null;
        }

        slopes = slopes[..count];
        slopes.Sort();
        var slope = Median(slopes);
        Span<double> rest = stackalloc double[n];
        Span<double> sorted = stackalloc double[n];
        for (var i = 0; i < n; i++)
        {
            sorted[i] = rest[i] = y[i] - (slope * x[i]);
        }

        sorted.Sort();
        var middle = Median(sorted);
        for (var i = 0; i < n; i++)
        {
            rest[i] -= middle;
            sorted[i] = Math.Abs(rest[i]);
        }

        sorted.Sort();
        var memory = MemoryOf(rest);
        var variance = n * (n - 1) * ((2.0 * n) + 5) / 18 * (1 + memory) / (1 - memory);
        var far = Math.Min((int)Math.Ceiling((count + (Confidence * Math.Sqrt(variance))) / 2), count - 1);
        return new(slope, slopes[count - 1 - far], slopes[far], middle, NormalDeviation * Median(sorted), memory);
    }

    /// <summary>The median of sorted numbers.</summary>
    public static double Median(ReadOnlySpan<double> sorted) =>
        (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    /// <summary>
    /// Correlation of the ranks of neighbors: ranks, so that a single spike does not hide it. Few points show too little of it, so it is corrected
    /// upward as Kendall proposed.
    /// </summary>
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
