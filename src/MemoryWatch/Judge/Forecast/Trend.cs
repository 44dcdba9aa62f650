namespace MemoryWatch.Judge;

/// <summary>Decides whether floors grow steadily enough to say when they reach a limit.</summary>
internal static class Trend
{
    private const int LeastFloors = 16;
    private const int FloorsOfLevel = 4;

    // Growth below this part of the limit does not matter.
    private const double LeastPartOfLimit = 0.01;
    private const double NoiseFactor = 3;

    // In standard errors of a memory that may wander.
    private const double LeastCertainty = 2.5;

    // At least this part of the growth must be likely to be no garbage.
    private const double PartThatStays = 0.5;

    // By this part of the growth, memory must be higher than ever before.
    private const double PartOfNewHigh = 0.1;

    // A rate that has changed by more than this factor is none that goes on.
    private const double Steadiness = 2;

    /// <param name="ring">The floors.</param>
    /// <param name="limitBytes">The limit.</param>
    /// <param name="older">The same memory over a longer time.</param>
    /// <returns>Growth in bytes per second; <see langword="null"/> if it is not significant.</returns>
    public static Estimate? Of(FloorRing ring, long limitBytes, ReadOnlySpan<FloorRing> older)
    {
        Span<double> allTimes = stackalloc double[FloorRing.Kept];
        Span<double> allFloors = stackalloc double[FloorRing.Kept];
        var count = ring.CopyTo(allTimes, allFloors);
        if (count < LeastFloors)
        {
            return null;
        }

        ReadOnlySpan<double> times = allTimes[..count];
        ReadOnlySpan<double> floors = allFloors[..count];
        var level = Level(floors[^FloorsOfLevel..]);
        if (level - Level(floors[..FloorsOfLevel]) < limitBytes * LeastPartOfLimit)
        {
            // Level memory, the usual case, must not cost a slope.
            return null;
        }

        if (RobustLine.Of(times, floors, RobustLine.Likely) is not { Low: > 0 } line)
        {
            return null;
        }

        var growth = line.Slope * (times[^1] - times[0]);
        return growth >= limitBytes * LeastPartOfLimit
            && ring.StayingGrowth >= growth * PartThatStays
            && growth >= NoiseFactor * line.Noise
            && GrowthCertainty.Of(times, floors, 0) >= LeastCertainty
            && IsSteady(times, floors, line.Slope)
            && IsNewHigh(level - (growth * PartOfNewHigh), floors, ring, older)
            ? new(line.Slope, line.Low, line.High)
            : null;
    }

    /// <summary>Both halves grow, and the later one about as fast as the whole: a step, a cache that fills and a warm-up do not.</summary>
    private static bool IsSteady(ReadOnlySpan<double> times, ReadOnlySpan<double> floors, double slope)
    {
        var half = times.Length / 2;
        return RobustLine.Of(times[..half], floors[..half]) is { Slope: > 0 }
            && RobustLine.Of(times[half..], floors[half..]) is { } later
            && later.Slope >= slope / Steadiness
            && later.Slope <= slope * Steadiness;
    }

    /// <summary>Memory that was this high before has come down again, as at the end of a day or of a sawtooth's tooth.</summary>
    private static bool IsNewHigh(double level, ReadOnlySpan<double> floors, FloorRing ring, ReadOnlySpan<FloorRing> older)
    {
        foreach (var floor in floors[..(floors.Length / 2)])
        {
            if (floor >= level)
            {
                return false;
            }
        }

        foreach (var before in older)
        {
            if (before.HighestBefore(ring.Observed + ring.Width) >= level)
            {
                return false;
            }
        }

        return true;
    }

    private static double Level(ReadOnlySpan<double> floors)
    {
        Span<double> sorted = stackalloc double[FloorsOfLevel];
        floors.CopyTo(sorted);
        sorted.Sort();
        return MedianInterval.Median(sorted);
    }
}
