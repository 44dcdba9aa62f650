namespace MemoryWatch.Watch;

/// <summary>
/// Computes the wait for the next tick: a tenth of the time left until the limit if memory keeps growing at the rate since the last tick. The
/// wait is never less than 100 ms or more than the interval. Used by the watch thread only.
/// </summary>
internal sealed class TickPace(TimeProvider time)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private long? _lastUsed;
    private long _lastAt;

    /// <summary>Time since the previous tick.</summary>
    public TimeSpan SinceLast => time.GetElapsedTime(_lastAt);

    public TimeSpan Next(in MemoryUsage usage, TimeSpan interval)
    {
        var now = time.GetTimestamp();
        var elapsed = time.GetElapsedTime(_lastAt, now);
        var growth = usage.UsedBytes - _lastUsed;
        (_lastUsed, _lastAt) = (usage.UsedBytes, now);
        if (growth is not > 0 || usage.AvailableBytes is not { } available)
        {
            return interval;
        }

        var seconds = available / (growth.Value / elapsed.TotalSeconds) / 10;
        return seconds >= interval.TotalSeconds ? interval
            : seconds <= Shortest.TotalSeconds ? Shortest
            : TimeSpan.FromSeconds(seconds);
    }
}
