namespace MemoryWatch.Judge;

/// <summary>Time since its creation. It stands still when the timestamps go back, as those of a machine that was moved may do.</summary>
internal sealed class ForwardClock(TimeProvider time)
{
    private long _timestamp = time.GetTimestamp();
    private TimeSpan _elapsed;

    public TimeSpan Read()
    {
        var now = time.GetTimestamp();
        if (now > _timestamp)
        {
            _elapsed += time.GetElapsedTime(_timestamp, now);
        }

        _timestamp = now;
        return _elapsed;
    }
}
