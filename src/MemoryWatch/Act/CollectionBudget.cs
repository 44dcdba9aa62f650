namespace MemoryWatch.Act;

/// <summary>
/// Keeps forced GCs below 1 % of any hour: each one takes from a budget that time refills at half of that rate, and the first ones of a fast rise
/// may take the other half in advance.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class CollectionBudget(TimeProvider time)
{
    private const double Rate = 0.005;

    // What the rate gives in an hour, so that an hour has twice that at most.
    private static readonly TimeSpan Most = TimeSpan.FromHours(1) * Rate;

    private TimeSpan _spent;
    private TimeSpan _last;
    private long _spentAt = time.GetTimestamp();

    /// <summary>Whether a GC as long as the last one fits into the budget. One that is longer than the whole budget needs all of it.</summary>
    public bool Allows()
    {
        var left = _spent - (time.GetElapsedTime(_spentAt) * Rate);
        return left <= TimeSpan.Zero || left + _last <= Most;
    }

    /// <summary>Takes the duration of a GC from the budget.</summary>
    public void Spend(TimeSpan duration)
    {
        var left = _spent - (time.GetElapsedTime(_spentAt) * Rate);
        (_spent, _last, _spentAt) = ((left > TimeSpan.Zero ? left : TimeSpan.Zero) + duration, duration, time.GetTimestamp());
    }
}
