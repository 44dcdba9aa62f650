namespace MemoryWatch.Judge;

/// <summary>
/// The course of one kind of memory: keeps its floors, and judges whether it leaks. It knows neither a clock nor where its numbers are from, so the
/// watch, a recorded series and the tests are judged by the same code. Not thread-safe.
/// </summary>
/// <remarks>
/// <code>
/// readings ─► floors and means ─► load of metrics and of the day taken out ─► the whole time, its last parts ─► conditions ─► verdict
/// </code>
/// A reading costs a few comparisons. A judgment sorts about 1,000 slopes a few times, and is needed only when a floor is complete: at most 24 times
/// while the time doubles.
/// </remarks>
/// <param name="track">The memory that is judged.</param>
/// <param name="load">What is kept with each floor.</param>
internal sealed class LeakCourse(LeakTrack track, LoadNames load)
{
    // A stretch that begins after the first floor may have fewer, so that a leak that begins late is not missed for long.
    private const int LeastFloors = 12;
    private const int LeastLaterFloors = 9;
    private const double LeastSeconds = 180;

    // Few readings are one floor each, with all of the noise. A heap after a gen-2 GC has little.
    private const int LeastReadings = 60;
    private const int LeastReadingsToConfirm = 200;
    private const int LeastCollections = 12;
    private const int LeastCollectionsToConfirm = 16;

    // What must be left of the growth when load has been taken out of it.
    private const double LeastBesideLoad = 0.35;

    // The part of the growth of the means that the floors must have.
    private const double LeastInFloors = 0.5;

    private readonly FloorSeries _series = new(load.Count, load.Metrics.Count);
    private readonly EqualLoad _equalLoad = new();
    private readonly LeakConfirmation _confirmation = new();

    private bool IsManaged => track == LeakTrack.Managed;

    /// <summary>Adds a reading.</summary>
    /// <param name="seconds">Its time, in seconds from any beginning.</param>
    /// <param name="bytes">The memory, in bytes.</param>
    /// <param name="loads">The metrics and counts at that moment; not a number if unknown.</param>
    /// <param name="isIdle">Whether nothing was in flight.</param>
    /// <returns>Whether a floor is complete, so that a judgment may differ from the last one.</returns>
    public bool Add(double seconds, double bytes, ReadOnlySpan<double> loads, bool isIdle)
    {
        if (isIdle && load.Metrics.Count > 0 && double.IsFinite(bytes))
        {
            _equalLoad.Add(seconds, bytes, loads[..load.Metrics.Count]);
        }

        return _series.Add(seconds, bytes, loads);
    }

    /// <summary>Judges the readings so far. Each call may bring a suspicion nearer to its confirmation.</summary>
    /// <param name="limit">The limit that this memory reaches first; <see langword="null"/> if none is known.</param>
    /// <param name="nameOf">The name of the operations at an index of the counts.</param>
    public LeakAssessment Judge(LeakLimit? limit, Func<int, string>? nameOf = null)
    {
        if (_series.Readings == 0)
        {
            return Early(IsManaged ? LeakGate.TooFewCollections : LeakGate.NotReadable);
        }

        if (Missing() is { } missing)
        {
            return Early(missing);
        }

        var room = new LeakRoom(limit?.Bytes ?? _series.Highest, limit?.LeftBytes ?? _series.Last);
        var (gate, shape, start, growsWith) = JudgeSpans(room, isMean: false);
        if (gate != LeakGate.None)
        {
            var mean = JudgeSpans(room, isMean: true);
            if (LeakStretch.Rank(mean.Gate) > LeakStretch.Rank(gate) && FloorsGrow(mean.Shape, mean.Start))
            {
                (gate, shape, start, growsWith) = mean;
            }
        }

        var atEqualLoad = _equalLoad.Slope(shape.Seconds / 2);
        if (IsSuspicious(gate) && atEqualLoad?.Value < LeastBesideLoad * shape.Line.Slope && atEqualLoad?.High < shape.Line.Slope)
        {
            gate = LeakGate.EqualAtEqualLoad;
        }

        var isEnough = _series.Readings >= (IsManaged ? LeastCollectionsToConfirm : LeastReadingsToConfirm);
        gate = _confirmation.Next(gate, shape, _series.Length, isEnough);
        var (name, perOperation) = IsSuspicious(gate) ? OperationLinkOf(start) : default;
        return new()
        {
            Track = track,
            Verdict = VerdictOf(gate, shape, room.LimitBytes),
            HeldBackBy = gate,
            Observed = TimeSpan.FromSeconds(_series.Length),
            FloorCount = _series.Count,
            BytesPerHour = PerHour(new(shape.Line.Slope, shape.Line.Low, shape.Line.High)),
            GrownBytes = (long)shape.Growth,
            GrowingFor = TimeSpan.FromSeconds(Math.Max(0, shape.Seconds)),
            BytesPerHourAtEqualLoad = atEqualLoad is { } slope ? PerHour(slope) : null,
            GrowsWith = growsWith,
            Operation = perOperation is null ? null : nameOf?.Invoke(name),
            BytesPerOperation = nameOf is null ? null : perOperation,
            TimeToLimit = IsSuspicious(gate) ? TimeTo(limit, shape.Line) : null,
        };
    }

    private static bool IsSuspicious(LeakGate gate) => gate is LeakGate.None or LeakGate.NotConfirmed;

    private static Estimate PerHour(in Estimate bytesPerSecond) =>
        new(bytesPerSecond.Value * 3600, bytesPerSecond.Low * 3600, bytesPerSecond.High * 3600);

    private static LeakVerdict VerdictOf(LeakGate gate, in GrowthShape shape, double limitBytes) => gate switch
    {
        LeakGate.None => LeakVerdict.Leaking,
        LeakGate.NotConfirmed => LeakVerdict.Suspected,
        LeakGate.NoNewHigh or LeakGate.OneHalfOnly or LeakGate.InSteps or LeakGate.SlowingDown or LeakGate.NotSignificant or LeakGate.TooSmall when LeakGates.Rose(shape, limitBytes)
            => LeakVerdict.LevelShift,
        _ => LeakVerdict.NotLeaking,
    };

    private static TimeToLimit? TimeTo(LeakLimit? limit, in RobustLine line)
    {
        // Farther away than this, nothing goes on as it is.
        const double LongestSeconds = 365.0 * 86_400;
        return limit is not { } reached || line.High <= 0
            ? null
            : new(
                reached.Source,
                TimeSpan.FromSeconds(Math.Min(LongestSeconds, reached.LeftBytes / line.High)),
                line.Low > 0 && reached.LeftBytes / line.Low < LongestSeconds ? TimeSpan.FromSeconds(reached.LeftBytes / line.Low) : null,
                new(line.Slope, line.Low, line.High));
    }

    /// <summary>Means may grow with garbage alone; a leak is in the floors as well.</summary>
    private bool FloorsGrow(in GrowthShape shape, int start) =>
        RobustLine.Of(_series.Seconds[start..], _series.Floors[start..])?.Slope >= LeastInFloors * shape.Line.Slope;

    private (LeakGate Gate, GrowthShape Shape, int Start, MetricCost? GrowsWith) JudgeSpans(in LeakRoom room, bool isMean)
    {
        var seconds = isMean ? _series.MeanSeconds : _series.Seconds;
        Span<double> floors = stackalloc double[_series.Count];
        (isMean ? _series.Means : _series.Floors).CopyTo(floors);
        DayWave.Remove(seconds, floors);
        var (gate, shape, start) = LeakStretch.Worst(seconds, floors, room, LeastFloors, LeastLaterFloors);
        MetricCost? growsWith = null;
        Span<double> rest = stackalloc double[_series.Count];
        for (var metric = 0; metric < load.Metrics.Count && growsWith is null; metric++)
        {
            if (CostOf(metric, isMean) is { } cost)
            {
                WithoutLoad(metric, cost.Slope, rest, isMean);
                var (besideLoad, restShape, restStart) = LeakStretch.Worst(seconds, rest, room, LeastFloors, LeastLaterFloors);
                var isLoad = IsSuspicious(gate) && (!IsSuspicious(besideLoad) || restShape.Growth < LeastBesideLoad * shape.Growth);
                growsWith = isLoad ? new(load.Metrics[metric], new(cost.Slope, cost.Low, cost.High), Changes(metric)) : null;
                (gate, shape, start) = isLoad ? (LeakGate.GrowsWithLoad, shape, start) : (besideLoad, restShape, restStart);
            }
        }

        return (gate, shape, start, growsWith);
    }

    private LeakGate? Missing()
    {
        var isShort = _series.Length < LeastSeconds;
        if (IsManaged && !isShort && (_series.Readings < LeastCollections || _series.Count < LeastFloors))
        {
            return LeakGate.TooFewCollections;
        }

        return isShort || _series.Count < LeastFloors || (!IsManaged && _series.Readings < LeastReadings) ? LeakGate.TooShort : null;
    }

    private LeakAssessment Early(LeakGate gate) => new()
    {
        Track = track,
        Verdict = gate == LeakGate.NotReadable ? LeakVerdict.Unknown : LeakVerdict.WarmingUp,
        HeldBackBy = gate,
        Observed = TimeSpan.FromSeconds(_series.Length),
        FloorCount = _series.Count,
    };

    private RobustLine? CostOf(int metric, bool isMean)
    {
        Span<double> units = stackalloc double[_series.Count];
        Units(metric, 0, units, isMean);
        return isMean ? LoadLink.CostOf(_series.MeanSeconds, _series.Means, units) : LoadLink.CostOf(_series.Seconds, _series.Floors, units);
    }

    private int Changes(int metric)
    {
        Span<double> units = stackalloc double[_series.Count];
        Units(metric, 0, units, false);
        return LoadLink.ChangesOf(units);
    }

    private void WithoutLoad(int metric, double cost, Span<double> rest, bool isMean)
    {
        var bytes = isMean ? _series.Means : _series.Floors;
        Units(metric, 0, rest, isMean);
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] = bytes[i] - (cost * rest[i]);
        }

        DayWave.Remove(isMean ? _series.MeanSeconds : _series.Seconds, rest);
    }

    private (int Name, Estimate? PerOperation) OperationLinkOf(int start)
    {
        var n = _series.Count - start;
        Span<double> counts = stackalloc double[load.MostOperations * n];
        for (var name = 0; name < load.MostOperations; name++)
        {
            Units(load.Metrics.Count + name, start, counts.Slice(name * n, n), false);
        }

        var (found, line) = OperationLink.Find(_series.Seconds[start..], _series.Floors[start..], counts);
        return found < 0 ? (found, null) : (found, new Estimate(line.Slope, line.Low, line.High));
    }

    private void Units(int load, int start, Span<double> units, bool isMean)
    {
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = isMean ? _series.MeanLoad(start + i, load) : _series.Load(start + i, load);
        }
    }
}
