namespace MemoryWatch.Tell;

/// <summary>
/// Notices when the time of day jumps. After a jump back, what was read before would lie in the future: it is moved back with the clock. A jump
/// forward leaves a gap, because a suspended machine and a clock that was set look the same; if the clock is later set back by as much, only
/// what was read in between is moved. Times are in ticks.
/// </summary>
internal sealed class HistoryClock
{
    /// <summary>Readings that are further apart leave a gap, unless the watch reads more seldom than a third of that.</summary>
    private static readonly long LeastGap = TimeSpan.FromSeconds(10).Ticks;

    private static readonly long Tolerance = TimeSpan.FromMinutes(1).Ticks;

    private long _jumpedTo;
    private long _jumpedBy;

    /// <summary>Time of the last reading; 0 before the first.</summary>
    public long Last { get; private set; }

    /// <summary>Continues another clock, which is later.</summary>
    public void Continue(HistoryClock later) => (Last, _jumpedTo, _jumpedBy) = (later.Last, later._jumpedTo, later._jumpedBy);

    /// <summary>Notes the time of a reading.</summary>
    /// <param name="now">Its time.</param>
    /// <param name="elapsed">Time since the previous reading by a clock that nobody sets.</param>
    /// <param name="interval">Time between two readings if all goes well.</param>
    public HistoryStep Move(long now, long elapsed, long interval)
    {
        var (last, isFirst) = (Last, Last == 0);
        Last = now;
        if (isFirst)
        {
            return default;
        }

        if (now < last)
        {
            var by = last + elapsed - now;
            var isUndone = _jumpedBy > 0 && Math.Abs(by - _jumpedBy) <= Tolerance;
            var from = isUndone ? _jumpedTo : long.MinValue;
            _jumpedBy = 0;
            return new(false, true, from, by);
        }

        if (now - last - elapsed > Tolerance)
        {
            (_jumpedTo, _jumpedBy) = (now, now - last - elapsed);
        }

        return new(now - last > Math.Max(LeastGap, interval * 3), false, 0, 0);
    }
}

/// <summary>How the time of a reading follows that of the one before.</summary>
/// <param name="FollowsGap">Whether nothing was read for a while.</param>
/// <param name="WentBack">Whether the time of day jumped back.</param>
/// <param name="From">Time from which on what was read must be moved back.</param>
/// <param name="By">How far.</param>
internal readonly record struct HistoryStep(bool FollowsGap, bool WentBack, long From, long By);
