namespace MemoryWatch.Judge;

/// <summary>How the floors of one stretch of time grew. Pure numbers; <see cref="LeakGates"/> decides what they mean.</summary>
internal readonly record struct GrowthShape
{
    /// <summary>The line through the floors, in bytes a second.</summary>
    public RobustLine Line { get; private init; }

    /// <summary>The slope of the first half.</summary>
    public double Early { get; private init; }

    /// <summary>The slope of the second half.</summary>
    public double Late { get; private init; }

    /// <summary>Standard deviation of the difference between the slopes of both halves that noise alone explains.</summary>
    public double HalfNoise { get; private init; }

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

    /// <summary>Mean growth of eighths of the stretch, divided by its standard error: large if each of them grew.</summary>
    public double Steadiness { get; private init; }

    /// <summary>By how much a line explains the floors better than a load that follows the time of day: <see cref="DayRival"/>.</summary>
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

        var squares = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var d = y[i] - line.At(x[i]);
            squares += d * d;
        }

        // The standard error of a slope over n equally spaced points is noise * sqrt(12 / n) / length; here over halves, for a difference of two.
        var inflation = Math.Sqrt((1 + line.Memory) / (1 - line.Memory));
        return shape with
        {
            Early = early.Slope,
            Late = late.Slope,
            HalfNoise = Math.Sqrt(2) * line.Noise * inflation * Math.Sqrt(12.0 / half) / (length / 2),
            Before = start >= 6 ? RobustLine.Of(seconds[..start], floors[..start])?.Slope : null,
            Steadiness = SteadinessOf(x, y),
            BeatsDay = DayRival.LineBeatsWave(x, y, line.Memory),
            IsSteps = StepFit.IsBetterThanLine(y, squares, line.Slope * length),
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

    private static double SteadinessOf(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        const int Parts = 8;
        Span<double> means = stackalloc double[Parts];
        Span<double> times = stackalloc double[Parts];
        for (var part = 0; part < Parts; part++)
        {
            var (from, to) = (x.Length * part / Parts, x.Length * (part + 1) / Parts);
            for (var i = from; i < to; i++)
            {
                means[part] += y[i] / (to - from);
                times[part] += x[i] / (to - from);
            }
        }

        double sum = 0, squares = 0;
        var pace = (times[^1] - times[0]) / (Parts - 1);
        for (var part = 1; part < Parts; part++)
        {
            var growth = (means[part] - means[part - 1]) / Math.Max(times[part] - times[part - 1], pace / 4) * pace;
            sum += growth;
            squares += growth * growth;
        }

        const int Changes = Parts - 1;
        var mean = sum / Changes;
        var deviation = Math.Sqrt(Math.Max(0, squares - (mean * sum)) / (Changes - 1) / Changes);
        return deviation == 0 ? double.MaxValue : mean / deviation;
    }
}
