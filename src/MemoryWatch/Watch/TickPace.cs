namespace MemoryWatch.Watch;

/// <summary>
/// How long to wait for the next tick: a tenth of the time that is left until the limit if memory goes on growing as
/// it did since the last tick, never less than 100 ms or more than the interval. Used by the watch thread only.
/// </summary>
internal sealed class TickPace(TimeProvider time)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private long? _lastUsed;
    private long _lastAt;

    /// <summary>Time since the tick before.</summary>
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
