namespace MemoryWatch.BlackBox.Format;

/// <summary>Times as the file has them: microseconds, since 1970 (UTC) or as a length.</summary>
internal static class BoxTime
{
    /// <summary>A hundred years: no length that is true is longer, and a few of them can be added up.</summary>
    private const long Longest = 36_525L * 24 * 3600 * 1_000_000;

    private static readonly long Earliest = Of(DateTimeOffset.MinValue);
    private static readonly long Latest = Of(DateTimeOffset.MaxValue);

    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long Of(TimeSpan length) => length.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>A time that may be any number; what is out of range becomes the nearest that is not.</summary>
    public static DateTimeOffset Time(long microseconds) => DateTimeOffset.UnixEpoch
        .AddTicks(Math.Clamp(microseconds, Earliest, Latest) * TimeSpan.TicksPerMicrosecond);

    /// <inheritdoc cref="Time"/>
    public static TimeSpan Length(long microseconds) =>
        new(Math.Clamp(microseconds, -Longest, Longest) * TimeSpan.TicksPerMicrosecond);
}
