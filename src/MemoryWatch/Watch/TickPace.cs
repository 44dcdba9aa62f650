namespace MemoryWatch.Watch;

/// <summary>
/// Computes the wait for the next tick: a tenth of the time left until the nearer limit if memory keeps growing at the rate since the last tick. The
/// wait is never less than 100 ms or more than the interval. Used by the watch thread only.
/// </summary>
internal sealed class TickPace(TimeProvider time)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private readonly Climb _used = new();
    private readonly Climb _heap = new();
    private long _lastAt;

    /// <summary>Time since the previous tick.</summary>
    public TimeSpan SinceLast => time.GetElapsedTime(_lastAt);

    public TimeSpan Next(MemorySnapshot snapshot, TimeSpan interval)
    {
        var now = time.GetTimestamp();
        var elapsed = time.GetElapsedTime(_lastAt, now);
        _lastAt = now;
        var seconds = Math.Min(_used.SecondsLeft(snapshot.Usage, elapsed), _heap.SecondsLeft(snapshot.HeapUsage, elapsed)) / 10;
        return seconds >= interval.TotalSeconds ? interval
            : seconds <= Shortest.TotalSeconds ? Shortest
            : TimeSpan.FromSeconds(seconds);
    }

    /// <summary>The growth of one usage since the last tick.</summary>
    private sealed class Climb
    {
        private long? _last;

        /// <summary>Time until the limit at the rate since the last tick, in seconds; infinite if usage did not grow.</summary>
        public double SecondsLeft(in MemoryUsage usage, TimeSpan elapsed)
        {
            var growth = usage.UsedBytes - _last;
            _last = usage.UsedBytes;
            return growth is > 0 && usage.AvailableBytes is { } available
                ? available / (growth.Value / elapsed.TotalSeconds)
                : double.PositiveInfinity;
        }
    }
}
