namespace MemoryWatch.BlackBox.Format;

/// <summary>Converts the times of the file: microseconds since 1970 (UTC), or a duration in microseconds.</summary>
internal static class BoxTime
{
    /// <summary>A hundred years: no real duration is longer, and a few of them can be added without overflow.</summary>
    private const long Longest = 36_525L * 24 * 3600 * 1_000_000;

    private static readonly long Earliest = Of(DateTimeOffset.MinValue);
    private static readonly long Latest = Of(DateTimeOffset.MaxValue);

    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long Of(TimeSpan length) => length.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Converts any number to a time; a number out of range becomes the nearest valid time.</summary>
    public static DateTimeOffset Time(long microseconds) => DateTimeOffset.UnixEpoch
        .AddTicks(Math.Clamp(microseconds, Earliest, Latest) * TimeSpan.TicksPerMicrosecond);

    /// <summary>Converts any number to a duration; a number out of range becomes the nearest valid duration.</summary>
    public static TimeSpan Length(long microseconds) =>
        new(Math.Clamp(microseconds, -Longest, Longest) * TimeSpan.TicksPerMicrosecond);
}
