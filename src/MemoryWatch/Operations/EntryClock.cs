namespace MemoryWatch.Operations;

/// <summary>
/// Tells the time of day from a timestamp that is there already: one look at a clock for each end of an operation instead of two. Set anew by
/// each tick, so that whoever sets the machine's clock is followed within one. Thread-safe.
/// </summary>
internal sealed class EntryClock
{
    private readonly TimeProvider _time;
    private readonly double _ticksPerUnit;
    private long _ticksAtZero;

    public EntryClock(TimeProvider time)
    {
        _time = time;
        _ticksPerUnit = (double)TimeSpan.TicksPerSecond / time.TimestampFrequency;
        Set();
    }

    public void Set() => Volatile.Write(ref _ticksAtZero, _time.GetUtcNow().UtcTicks - Ticks(_time.GetTimestamp()));

    /// <returns>The time of day (UTC) at a timestamp of the same clock.</returns>
    public DateTimeOffset Of(long timestamp) => new(Volatile.Read(ref _ticksAtZero) + Ticks(timestamp), TimeSpan.Zero);

    private long Ticks(long timestamp) => (long)(timestamp * _ticksPerUnit);
}
