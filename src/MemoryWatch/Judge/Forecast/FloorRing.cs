namespace MemoryWatch.Judge;

/// <summary>
/// The lowest value of each of the last 32 spans of equal length, and the part that is known to stay at its end. A span without a value has no
/// floor.
/// </summary>
/// <param name="width">Length of a span.</param>
internal sealed class FloorRing(TimeSpan width)
{
    public const int Kept = 32;

    private readonly double[] _floors = new double[Kept];
    private readonly double[] _staying = new double[Kept];
    private long _open = -1;
    private double _lowest;
    private double _stays;
    private long _closed;

    public TimeSpan Width => width;

    /// <summary>Number of spans that are kept.</summary>
    public int Count => (int)Math.Min(_closed, Kept);

    /// <summary>The time from the first kept span to the last.</summary>
    public TimeSpan Observed => width * Math.Max(0, Count - 1);

    /// <summary>By how much the part that stays has grown from the first kept span to the last; not a number if it is unknown.</summary>
    public double StayingGrowth => Count == 0 ? double.NaN : _staying[Place(Count - 1)] - _staying[Place(0)];

    /// <param name="now">The time, which never goes back.</param>
    /// <param name="value">The value.</param>
    /// <param name="stays">The part of it that is no garbage; not a number if it is unknown.</param>
    /// <returns>Whether a span has ended.</returns>
    public bool Add(TimeSpan now, double value, double stays)
    {
        var span = now.Ticks / width.Ticks;
        if (span == _open)
        {
            (_lowest, _stays) = (Math.Min(_lowest, value), stays);
            return false;
        }

        var hasEnded = _open >= 0;
        if (hasEnded)
        {
            Keep(_lowest);
            for (var missed = Math.Min(Kept, span - _open - 1); missed > 0; missed--)
            {
                Keep(double.NaN);
            }
        }

        (_open, _lowest, _stays) = (span, value, stays);
        return hasEnded;
    }

    /// <summary>Copies the floors, the oldest first; the time of each is the number of seconds since the start of the oldest kept span.</summary>
    /// <returns>Number of floors.</returns>
    public int CopyTo(Span<double> times, Span<double> floors)
    {
        var count = 0;
        for (var i = 0; i < Count; i++)
        {
            if (_floors[Place(i)] is var floor && !double.IsNaN(floor))
            {
                (times[count], floors[count]) = (i * width.TotalSeconds, floor);
                count++;
            }
        }

        return count;
    }

    /// <summary>The highest floor of the kept spans that began at least this long ago.</summary>
    /// <returns><see cref="double.NegativeInfinity"/> if there is none.</returns>
    public double HighestBefore(TimeSpan ago)
    {
        var highest = double.NegativeInfinity;
        for (var i = 0; i < Count && width * (Count - i) > ago; i++)
        {
            highest = _floors[Place(i)] > highest ? _floors[Place(i)] : highest;
        }

        return highest;
    }

    private void Keep(double floor)
    {
        var place = _closed++ % Kept;
        (_floors[place], _staying[place]) = (floor, _stays);
    }

    private long Place(int index) => (_closed - Count + index) % Kept;
}
