namespace MemoryWatch.Judge;

/// <summary>When memory reaches the nearer of its two limits. Used by the watch thread only.</summary>
/// <remarks>
/// <code>
/// used, heap ─► Pace: the last seconds ──────────► a climb ─┐
///           └─► TrendSeries: floors, up to 34 hours ─► a rate ─┴─► UsageForecast: time to this limit ─► the nearer one
/// </code>
/// Growth of the heap may be garbage. It leads to a trend only if gen-2 GCs have shown that such growth stays.
/// </remarks>
internal sealed class LimitForecast(TimeProvider time)
{
    private readonly ForwardClock _clock = new(time);
    private readonly LiveHeap _live = new();
    private readonly UsageForecast _used = new();
    private readonly UsageForecast _heap = new();

    /// <summary>
    /// Seconds to the nearer limit at the pace of the last one to two seconds, whether it is significant or not; infinity if memory does not grow.
    /// </summary>
    public double SecondsAtPace => Math.Min(_used.SecondsAtPace, _heap.SecondsAtPace);

    /// <summary>Adds a reading.</summary>
    /// <returns>The time to the nearer limit; <see langword="null"/> if no growth is significant, or none leads to a limit soon.</returns>
    public TimeToLimit? Next(MemorySnapshot snapshot)
    {
        var now = _clock.Read();
        var managed = snapshot.Managed;
        _live.Add(now, managed);
        var garbage = managed.HeapBytes is { } bytes ? _live.Garbage(bytes) : (long?)null;
        var used = _used.Next(now, snapshot.Usage, snapshot.Usage.UsedBytes - garbage);
        var heap = _heap.Next(now, snapshot.HeapUsage, managed.HeapBytes - garbage);
        return used is null || heap?.Soonest < used.Soonest ? heap : used;
    }
}
