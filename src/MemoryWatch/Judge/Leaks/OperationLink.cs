namespace MemoryWatch.Judge;

/// <summary>Finds the operations that memory grows with: those whose number explains the floors better than time and than any other.</summary>
internal static class OperationLink
{
    // The distances of the floors to the line over the count, as a part of those of the next best explanation.
    private const double ClearlyBetter = 0.7;
    private const double NoWorseThanTime = 1.1;
    private const int LeastEnded = 3;

    /// <param name="seconds">When the floors were, in seconds.</param>
    /// <param name="floors">The floors, in bytes.</param>
    /// <param name="counts">For each name one row with the number of its operations that had ended at each floor.</param>
    /// <returns>The name's index and what memory grows by for each; an index of -1 if none is clearly the best.</returns>
    public static (int Name, RobustLine Line) Find(ReadOnlySpan<double> seconds, ReadOnlySpan<double> floors, ReadOnlySpan<double> counts)
    {
        var n = floors.Length;
        var time = RobustLine.Of(seconds, floors) is { } line ? Distance(seconds, floors, line) : double.MaxValue;
        var (name, best, next) = (-1, double.MaxValue, double.MaxValue);
        RobustLine found = default;
        for (var i = 0; n > 0 && i < counts.Length / n; i++)
        {
            var count = counts.Slice(i * n, n);
            if (count[^1] - count[0] < LeastEnded || RobustLine.Of(count, floors) is not { Low: > 0 } over)
            {
                continue;
            }

            var distance = Distance(count, floors, over);
            if (distance < best)
            {
                (name, next, best, found) = (i, best, distance, over);
            }
            else
            {
                next = Math.Min(next, distance);
            }
        }

        // At a constant pace, time explains memory as well as a count does, and a count may be off by the operation that is just ending. So may that
        // of another name.
        var isNoWorse = best <= NoWorseThanTime * time || (best <= found.Slope && next > found.Slope);
        return best <= ClearlyBetter * next && isNoWorse ? (name, found) : (-1, default);
    }

    private static double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y, in RobustLine line)
    {
        Span<double> distances = stackalloc double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            distances[i] = Math.Abs(y[i] - line.At(x[i]));
        }

        // The upper quartile: a median forgets the steps of an operation that seldom runs.
        distances.Sort();
        return distances[x.Length * 3 / 4];
    }
}
