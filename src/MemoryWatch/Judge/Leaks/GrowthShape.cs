namespace MemoryWatch.Judge;

/// <summary>How the floors of one stretch of time grew. Pure numbers; <see cref="LeakGates"/> decides what they mean.</summary>
internal readonly record struct GrowthShape
{
    private const int LeastFloorsBefore = 6;

    /// <summary>The line through the floors, in bytes a second.</summary>
    public RobustLine Line { get; private init; }

    /// <summary>The slope of the first half.</summary>
    public double Early { get; private init; }

    /// <summary>The slope of the second half.</summary>
    public double Late { get; private init; }

    /// <summary>The slope of the floors before this stretch; <see langword="null"/> if there are too few.</summary>
    public double? Before { get; private init; }

    /// <summary>Whether there are floors before this stretch.</summary>
    public bool IsPart { get; private init; }

    /// <summary>Length of the stretch, in seconds.</summary>
    public double Seconds { get; private init; }

    /// <summary>What the line grew by, in bytes.</summary>
    public double Growth { get; private init; }

    /// <summary>By how much all floors of the last quarter exceed all of the first, in bytes; negative if they overlap.</summary>
    public double Rise { get; private init; }

    /// <summary>By how much the floors of the last quarter exceed all before, in bytes.</summary>
    public double AboveEarlier { get; private init; }

    /// <summary>The growth rate divided by its standard error, if memory may also wander: <see cref="GrowthCertainty"/>.</summary>
    public double Certainty { get; private init; }

    /// <summary>
    /// By how much a line explains the floors better than a load that follows the time of day: <see cref="DayRival"/>. Infinite if that load is
    /// known, and taken out of the floors.
    /// </summary>
    public double BeatsDay { get; private init; }

    /// <summary>Whether a few steps explain the floors better than the line.</summary>
    public bool IsSteps { get; private init; }

    /// <param name="seconds">When all floors were, in seconds.</param>
    /// <param name="floors">All floors, in bytes.</param>
    /// <param name="start">The first floor of the stretch.</param>
    /// <returns>The numbers; <see langword="null"/> if there are too few floors.</returns>
    public static GrowthShape? Of(ReadOnlySpan<double> seconds, ReadOnlySpan<double> floors, int start)
    {
        var x = seconds[start..];
        var y = floors[start..];
        var half = x.Length / 2;
        if (RobustLine.Of(x, y) is not { } line)
        {
            return null;
        }

        var length = x[^1] - x[0];
        var aboveEarlier = Highest(y[^(y.Length / 4)..]) - Highest(floors[..^(y.Length / 4)]);
        var shape = new GrowthShape
        {
            Line = line,
            Seconds = length,
            IsPart = start > 0,
            Growth = line.Slope * length,
            Rise = Lowest(y[^(y.Length / 4)..]) - Highest(y[..(y.Length / 4)]),
            AboveEarlier = aboveEarlier,
        };
        if (line.Low <= 0 || aboveEarlier <= 0 || RobustLine.Of(x[..half], y[..half]) is not { } early || RobustLine.Of(x[half..], y[half..]) is not { } late)
        {
            // The rest costs more, and would not change the verdict.
            return shape;
        }

        return shape with
        {
            Early = early.Slope,
            Late = late.Slope,
            Before = start >= LeastFloorsBefore ? RobustLine.Of(seconds[..start], floors[..start])?.Slope : null,
            Certainty = GrowthCertainty.Of(seconds, floors, start),
            BeatsDay = DayWave.IsKnown(seconds) ? double.PositiveInfinity : DayRival.LineBeatsWave(seconds, floors, start, line.Memory),
            IsSteps = StepFit.IsBetterThanLine(y, SquaresOf(x, y, line), line.Slope * length),
        };
    }

    private static double Highest(ReadOnlySpan<double> floors)
    {
        var highest = double.MinValue;
        foreach (var floor in floors)
        {
            highest = Math.Max(highest, floor);
        }

        return highest;
    }

    private static double Lowest(ReadOnlySpan<double> floors)
    {
        var lowest = double.MaxValue;
        foreach (var floor in floors)
        {
            lowest = Math.Min(lowest, floor);
        }

        return lowest;
    }

    private static double SquaresOf(ReadOnlySpan<double> x, ReadOnlySpan<double> y, in RobustLine line)
    {
        var squares = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var distance = y[i] - line.At(x[i]);
            squares += distance * distance;
        }

        return squares;
    }
}
