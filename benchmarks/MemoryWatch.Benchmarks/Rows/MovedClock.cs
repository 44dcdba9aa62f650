namespace MemoryWatch.Benchmarks.Rows;

/// <summary>A clock that advances only when it is moved.</summary>
internal sealed class MovedClock : TimeProvider
{
    private long _timestamp;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _timestamp;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(_timestamp);

    public void Advance(TimeSpan time) => _timestamp += time.Ticks;
}
