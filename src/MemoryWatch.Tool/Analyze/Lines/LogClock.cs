namespace MemoryWatch.Tool.Analyze;

/// <summary>
/// The time of one stream of lines. Logs that show only the time of day pass midnight, and a clock that is set back must not turn into time that
/// passed: <see cref="Elapsed"/> only grows.
/// </summary>
internal sealed class LogClock
{
    // Threads write lines a little out of order; that is no clock that was set.
    private const long Disorder = 2 * TimeSpan.TicksPerSecond;

    // With nothing but the time of day, so far back is the next day.
    private const long Midnight = 12 * TimeSpan.TicksPerHour;
    private const long HalfYear = 183 * TimeSpan.TicksPerDay;

    private long _shift;

    /// <summary>Time that passed since the first line with a time.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>The last time; <see langword="null"/> before the first one.</summary>
    public LogTime? Now { get; private set; }

    /// <summary>How often the time went back.</summary>
    public int Backwards { get; private set; }

    /// <summary>Takes the time of a line.</summary>
    public void Take(LogTime time)
    {
        if (Now is not { } last)
        {
            Now = time;
            return;
        }

        var ticks = time.Ticks + (time.Date == LogDate.Full ? 0 : _shift);
        if (time.Date == last.Date && time.Date != LogDate.Full)
        {
            var (tooFar, step) = time.Date == LogDate.None ? (Midnight, TimeSpan.TicksPerDay) : (HalfYear, 366 * TimeSpan.TicksPerDay);
            if (ticks < last.Ticks - tooFar)
            {
                _shift += step;
                ticks += step;
            }
        }

        if (time.Date != last.Date)
        {
            // Another kind of time stamp; the time between the two is not known.
            Now = time with { Ticks = ticks };
            return;
        }

        if (ticks < last.Ticks)
        {
            if (last.Ticks - ticks <= Disorder)
                return;
            Backwards++;
        }
        else
        {
            Elapsed += TimeSpan.FromTicks(ticks - last.Ticks);
        }

        Now = time with { Ticks = ticks };
    }
}
