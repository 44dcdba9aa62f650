namespace MemoryWatch.Judge;

/// <summary>
/// The median of some values, with an interval that needs no assumption about how they are distributed: half of all values are below the true
/// median, so the number of them below it is that of heads among as many coins.
/// </summary>
internal static class MedianInterval
{
    /// <summary>Minimum number of values.</summary>
    public const int Least = 4;

    // So many values whose extremes contain the median with less than 95 % are extended on both sides by half of their range.
    private const int FullConfidence = 6;

    private const double Tail = 0.025;

    /// <summary>Measurements of memory are no better than this part of them.</summary>
    private const double Precision = 0.02;

    /// <returns>The median with an interval of at least 95 %; <see langword="null"/> if there are too few values.</returns>
    /// <param name="values">The values, which are sorted in place.</param>
    public static Estimate? Of(Span<double> values)
    {
        if (values.Length < Least)
        {
            return null;
        }

        values.Sort();
        var median = Median(values);
        var rank = Rank(values.Length);
        var (low, high) = (values[rank], values[^(rank + 1)]);
        var extra = values.Length < FullConfidence ? (high - low) / 2 : 0;
        var least = Math.Abs(median) * Precision;
        return new(median, Math.Min(low - extra, median - least), Math.Max(high + extra, median + least));
    }

    /// <summary>The median of sorted values.</summary>
    public static double Median(ReadOnlySpan<double> sorted) =>
        (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    /// <summary>The index of the lower end of the interval: the highest below which the median lies with less than 2.5 %.</summary>
    private static int Rank(int count)
    {
        var probability = Math.Pow(0.5, count);
        var sum = probability;
        var rank = 0;
        for (var heads = 1; heads < count / 2; heads++)
        {
            probability *= (double)(count - heads + 1) / heads;
            sum += probability;
            if (sum > Tail)
            {
                break;
            }

            rank = heads;
        }

        return rank;
    }
}
