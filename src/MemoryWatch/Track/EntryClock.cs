namespace MemoryWatch.Track;

/// <summary>
/// Computes the time of day from an existing timestamp: one clock reading at the start and at the end of an operation instead of two. Each tick
/// sets it again, so that a change of the machine's clock takes effect within one tick. Thread-safe.
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
        // If the thread loses the processor between the two readings, as in a small container, it reads again.
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

    /// <returns>The time of day (UTC) at a timestamp of the same time provider.</returns>
    public DateTimeOffset Of(long timestamp) => new(Volatile.Read(ref _ticksAtZero) + Ticks(timestamp), TimeSpan.Zero);

    private long Ticks(long timestamp) => (long)(timestamp * _ticksPerUnit);
}
