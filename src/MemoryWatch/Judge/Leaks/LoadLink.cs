namespace MemoryWatch.Judge;

/// <summary>What each unit of a metric costs, learned from floors.</summary>
internal static class LoadLink
{
    // A metric that changes less often tells too little.
    private const int LeastChanges = 3;

    // If no more than this part of a metric's changes is left beside its trend, nothing tells its growth from that of memory.
    private const double LeastOwnPart = 0.1;

    /// <summary>
    /// The cost of a unit. What a metric and memory have in common beside their trends counts, so that a leak and a metric that rise for different
    /// reasons are not taken for one; if the metric does nothing but rise, all of it counts.
    /// </summary>
    /// <param name="seconds">When the floors were, in seconds.</param>
    /// <param name="floors">The floors, in bytes.</param>
    /// <param name="units">The metric at each floor; not a number if it is unknown.</param>
    /// <returns>The cost of a unit and its interval; <see langword="null"/> if memory does not follow the metric.</returns>
    public static RobustLine? CostOf(ReadOnlySpan<double> seconds, ReadOnlySpan<double> floors, ReadOnlySpan<double> units)
    {
        if (ChangesOf(units) < LeastChanges)
        {
            return null;
        }

        Span<double> x = stackalloc double[units.Length];
        Span<double> y = stackalloc double[units.Length];
        WithoutTrend(seconds, floors, y);
        if (WithoutTrend(seconds, units, x) >= LeastOwnPart && RobustLine.Of(x, y) is { Low: > 0 } line)
        {
            return line;
        }

        return RobustLine.Of(units, floors) is { Low: > 0 } all ? all : null;
    }

    /// <summary>How often a metric changed from one floor to the next; 0 if it is not known at each of them.</summary>
    public static int ChangesOf(ReadOnlySpan<double> units)
    {
        var changes = 0;
        for (var i = 0; i < units.Length; i++)
        {
            if (!double.IsFinite(units[i]))
            {
                return 0;
            }

            changes += i > 0 && units[i] != units[i - 1] ? 1 : 0;
        }

        return changes;
    }

    /// <returns>The part of the standard deviation that is left.</returns>
    private static double WithoutTrend(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> rest)
    {
        double middleX = 0, middleY = 0, products = 0, squares = 0, all = 0, left = 0;
        for (var i = 0; i < x.Length; i++)
        {
            middleX += x[i] / x.Length;
            middleY += y[i] / x.Length;
        }

        for (var i = 0; i < x.Length; i++)
        {
            products += (x[i] - middleX) * (y[i] - middleY);
            squares += (x[i] - middleX) * (x[i] - middleX);
            all += (y[i] - middleY) * (y[i] - middleY);
        }

        for (var i = 0; i < x.Length; i++)
        {
            rest[i] = y[i] - middleY - (squares == 0 ? 0 : products / squares * (x[i] - middleX));
            left += rest[i] * rest[i];
        }

        return all == 0 ? 0 : Math.Sqrt(left / all);
    }
}
