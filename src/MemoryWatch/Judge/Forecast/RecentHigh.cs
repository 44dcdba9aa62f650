namespace MemoryWatch.Judge;

/// <summary>The highest value of the last ten minutes without the last one, in constant memory.</summary>
internal sealed class RecentHigh
{
    private const int Slots = 20;
    private static readonly TimeSpan Width = TimeSpan.FromSeconds(30);

    private readonly (long Slot, long Highest)[] _slots = new (long, long)[Slots];

    public RecentHigh() => Array.Fill(_slots, (long.MinValue, long.MinValue));

    public void Add(TimeSpan now, long value)
    {
        var slot = now.Ticks / Width.Ticks;
        ref var kept = ref _slots[slot % Slots];
        kept = kept.Slot == slot ? (slot, Math.Max(kept.Highest, value)) : (slot, value);
    }

    /// <summary>Whether a value is above all that were there up to a minute ago.</summary>
    public bool IsExceededBy(long value, TimeSpan now)
    {
        var last = now.Ticks / Width.Ticks;
        foreach (var (slot, highest) in _slots)
        {
            if (slot > last - Slots && slot < last - 1 && highest >= value)
            {
                return false;
            }
        }

        return true;
    }
}
