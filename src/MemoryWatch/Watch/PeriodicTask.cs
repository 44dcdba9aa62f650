namespace MemoryWatch.Watch;

/// <summary>Something done every so often, on the watch thread. The interval may change at any time; zero is never.</summary>
internal sealed class PeriodicTask(TimeProvider time)
{
    private long _last = time.GetTimestamp();

    /// <summary>Whether it is time; if so, the next interval begins.</summary>
    /// <param name="interval">How often.</param>
    /// <param name="elapsed">How long the last time is ago.</param>
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
