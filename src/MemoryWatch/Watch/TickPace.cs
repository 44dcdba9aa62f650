namespace MemoryWatch.Watch;

/// <summary>
/// Computes the wait for the next tick: a tenth of the time left until the nearer limit if memory keeps growing at its present rate. The wait is
/// never less than 100 ms or more than the interval. Used by the watch thread only.
/// </summary>
internal sealed class TickPace(TimeProvider time)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    // The rate is that over one to two such periods. A shorter time would not do: memory grows in steps, and between two of them early ticks would
    // see no growth.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Climb _used = new();
    private readonly Climb _heap = new();
    private long _lastAt;

    /// <summary>Time since the previous tick.</summary>
    public TimeSpan SinceLast => time.GetElapsedTime(_lastAt);

    public TimeSpan Next(MemorySnapshot snapshot, TimeSpan interval)
    {
        _lastAt = time.GetTimestamp();
        var seconds = Math.Min(SecondsLeft(_used, snapshot.Usage), SecondsLeft(_heap, snapshot.HeapUsage)) / 10;
        return seconds >= interval.TotalSeconds ? interval
            : seconds <= Shortest.TotalSeconds ? Shortest
            : TimeSpan.FromSeconds(seconds);
    }

    private double SecondsLeft(Climb climb, in MemoryUsage usage) =>
        usage.UsedBytes is { } used && usage.AvailableBytes is { } available && climb.BytesPerSecond(used, _lastAt, time) is > 0 and var pace
            ? available / pace
            : double.PositiveInfinity;

    /// <summary>The growth of one usage.</summary>
    private sealed class Climb
    {
        private (long Bytes, long At)? _older;
        private (long Bytes, long At)? _newer;

        public double BytesPerSecond(long used, long now, TimeProvider time)
        {
            if (_newer is not { } newer || time.GetElapsedTime(newer.At, now) >= Period)
            {
                (_older, _newer) = (_newer, (used, now));
            }

            // Until a second reading is old enough, the first one serves: a burst may come within the first second.
            var from = _older ?? _newer.Value;
            return time.GetElapsedTime(from.At, now) is var elapsed && elapsed > TimeSpan.Zero ? (used - from.Bytes) / elapsed.TotalSeconds : 0;
        }
    }
}
