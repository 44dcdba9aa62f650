namespace MemoryWatch.Watch;

/// <summary>
/// Computes the wait for the next tick: a tenth of the time left until the nearer limit if memory keeps growing at its present rate. The wait is
/// never less than 100 ms or more than the interval. Used by the watch thread only.
/// </summary>
internal sealed class TickPace(TimeProvider time)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private long _lastAt;

    /// <summary>Time since the previous tick.</summary>
    public TimeSpan SinceLast => time.GetElapsedTime(_lastAt);

    /// <param name="secondsLeft">Seconds until the nearer limit; infinity if memory does not grow.</param>
    /// <param name="interval">The interval of the watch.</param>
    public TimeSpan Next(double secondsLeft, TimeSpan interval)
    {
        _lastAt = time.GetTimestamp();
        var seconds = secondsLeft / 10;
        return seconds >= interval.TotalSeconds ? interval
            : seconds <= Shortest.TotalSeconds ? Shortest
            : TimeSpan.FromSeconds(seconds);
    }
}
