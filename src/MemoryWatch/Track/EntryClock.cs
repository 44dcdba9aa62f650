namespace MemoryWatch.Track;

/// <summary>
/// Tells the time of day from a timestamp that is there already: one look at a clock for each end of an operation instead of two. Set anew by
/// each tick, so that whoever sets the machine's clock is followed within one. Thread-safe.
/// </summary>
internal sealed class EntryClock
{
    private const int MostAttempts = 3;

    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _time;
    private readonly double _ticksPerUnit;
    private long _ticksAtZero;

    public EntryClock(TimeProvider time)
    {
        _time = time;
        _ticksPerUnit = (double)TimeSpan.TicksPerSecond / time.TimestampFrequency;
        Set();
    }

    public void Set()
    {
        // A thread that loses the processor between the two looks, as in a small container, looks again.
        for (var attempt = 1; ; attempt++)
        {
            var (before, now) = (_time.GetTimestamp(), _time.GetUtcNow().UtcTicks);
            if (_time.GetElapsedTime(before) <= LongestLook || attempt == MostAttempts)
            {
                Volatile.Write(ref _ticksAtZero, now - Ticks(before));
                return;
            }
        }
    }

    /// <returns>The time of day (UTC) at a timestamp of the same clock.</returns>
    public DateTimeOffset Of(long timestamp) => new(Volatile.Read(ref _ticksAtZero) + Ticks(timestamp), TimeSpan.Zero);

    private long Ticks(long timestamp) => (long)(timestamp * _ticksPerUnit);
}
