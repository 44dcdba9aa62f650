namespace MemoryWatch.Judge;

/// <summary>
/// The median of the slopes between all pairs of points, which ignores outliers up to a quarter of the points. Its interval is the 95 % interval
/// of Sen, widened if each residual resembles the one before it: such points tell less than independent ones.
/// </summary>
internal static class TheilSen
{
    /// <summary>More points than this would cost too much, because the number of pairs is quadratic.</summary>
    public const int MostPoints = 64;

    private const double Normal95 = 1.96;
    private const double StrongestResemblance = 0.9;

    /// <param name="times">The times, ascending; at most <see cref="MostPoints"/>.</param>
    /// <param name="values">A value for each time.</param>
    /// <returns>Change of the value per unit of time; <see langword="null"/> for fewer than three points.</returns>
    public static Estimate? Slope(ReadOnlySpan<double> times, ReadOnlySpan<double> values)
    {
        var n = times.Length;
        if (n is < 3 or > MostPoints)
        {
            return null;
        }

        Span<double> slopes = stackalloc double[n * (n - 1) / 2];
        var count = 0;
        for (var i = 1; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (times[i] > times[j])
                {
                    slopes[count++] = (values[i] - values[j]) / (times[i] - times[j]);
                }
            }
        }

        if (count == 0)
        {
            return null;
        }

        slopes = slopes[..count];
        slopes.Sort();
        var value = Median(slopes);
        var spread = Normal95 * Math.Sqrt(n * (n - 1d) * ((2 * n) + 5) / 18 * Inflation(times, values, value));
        var low = (int)Math.Floor((count - spread) / 2);
        var high = (int)Math.Ceiling((count + spread) / 2);
        return new(value, low < 0 ? double.NegativeInfinity : slopes[low], high >= count ? double.PositiveInfinity : slopes[high]);
    }

    /// <summary>The standard deviation of the values beside the line, estimated so that outliers do not count.</summary>
    public static double Noise(ReadOnlySpan<double> times, ReadOnlySpan<double> values, double slope)
    {
        Span<double> residuals = stackalloc double[values.Length];
        Residuals(times, values, slope, residuals);
        for (var i = 0; i < residuals.Length; i++)
        {
            residuals[i] = Math.Abs(residuals[i]);
        }

        residuals.Sort();

        // The median deviation of normally distributed values is this part of their standard deviation.
        return residuals.Length == 0 ? 0 : Median(residuals) / 0.6745;
    }

    /// <summary>The median of sorted values.</summary>
    public static double Median(ReadOnlySpan<double> sorted) =>
        sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;

    /// <summary>By how much the variance grows if neighboring residuals resemble each other.</summary>
    private static double Inflation(ReadOnlySpan<double> times, ReadOnlySpan<double> values, double slope)
    {
        Span<double> residuals = stackalloc double[values.Length];
        Residuals(times, values, slope, residuals);
        double products = 0, squares = 0;
        for (var i = 0; i < residuals.Length; i++)
        {
            squares += residuals[i] * residuals[i];
            products += i > 0 ? residuals[i] * residuals[i - 1] : 0;
        }

        // Few points show less resemblance than there is.
        var seen = squares > 0 ? products / squares : 0;
        var resemblance = Math.Clamp(seen + ((1 + (4 * seen)) / residuals.Length), 0, StrongestResemblance);
        return (1 + resemblance) / (1 - resemblance);
    }

    private static void Residuals(ReadOnlySpan<double> times, ReadOnlySpan<double> values, double slope, Span<double> residuals)
    {
        Span<double> sorted = stackalloc double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            sorted[i] = residuals[i] = values[i] - (slope * times[i]);
        }

        sorted.Sort();
        var middle = sorted.Length == 0 ? 0 : Median(sorted);
        for (var i = 0; i < residuals.Length; i++)
        {
            residuals[i] -= middle;
        }
    }
}
