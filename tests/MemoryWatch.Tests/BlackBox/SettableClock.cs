namespace MemoryWatch.Tests.BlackBox;

/// <summary>A clock on the wall that somebody sets, while time itself goes on as before.</summary>
internal sealed class SettableClock(TimeProvider time) : TimeProvider
{
    private TimeSpan _offset;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public void Set(TimeSpan by) => _offset += by;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + _offset;

    public override long GetTimestamp() => time.GetTimestamp();
}
