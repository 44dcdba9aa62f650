namespace MemoryWatch.Tests.Simulation.Seeds;

/// <summary>A clock that somebody sets, on a machine whose timestamps may jump too.</summary>
internal sealed class SimulatedClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 15, 0, TimeSpan.Zero);

    private long _timestamp = TimeSpan.TicksPerDay;
    private TimeSpan _set;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => _timestamp;

    public override DateTimeOffset GetUtcNow() => Start + _set + new TimeSpan(_timestamp);

    public void Advance(TimeSpan by) => _timestamp += by.Ticks;

    /// <summary>Sets the time of day; timestamps go on as before.</summary>
    public void Set(TimeSpan by) => _set += by;
}
