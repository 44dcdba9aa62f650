namespace MemoryWatch.Watch;

/// <summary>Schedules a periodic task on the watch thread. The interval may change at any time; zero means never.</summary>
internal sealed class PeriodicTask(TimeProvider time)
{
    private long _last = time.GetTimestamp();

    /// <summary>Whether the task is due; if so, the next interval begins.</summary>
    /// <param name="interval">Interval of the task.</param>
    /// <param name="elapsed">Time since the task was last due.</param>
    public bool IsDue(TimeSpan interval, out TimeSpan elapsed)
    {
        var now = time.GetTimestamp();
        elapsed = time.GetElapsedTime(_last, now);
        if (interval <= TimeSpan.Zero || elapsed < interval)
        {
            return false;
        }

        _last = now;
        return true;
    }
}
