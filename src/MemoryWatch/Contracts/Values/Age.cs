namespace MemoryWatch;

/// <summary>Ages and durations, which are never negative: timestamps may go back on a machine that was moved.</summary>
internal static class Age
{
    public static TimeSpan GetAge(this TimeProvider time, long since) => time.GetAge(since, time.GetTimestamp());

    public static TimeSpan GetAge(this TimeProvider time, long since, long now) =>
        now > since ? time.GetElapsedTime(since, now) : TimeSpan.Zero;
}
