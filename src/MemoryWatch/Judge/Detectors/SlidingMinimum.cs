namespace MemoryWatch.Judge;

/// <summary>
/// The lowest value within a sliding window, in constant memory: the window is divided into slices, and each slice keeps its lowest value. Old
/// values leave one slice (1/60 of the window) at a time.
/// </summary>
internal sealed class SlidingMinimum
{
    private const int Slices = 60;

    private readonly (long Slice, long Lowest)[] _ring = new (long, long)[Slices];

    public SlidingMinimum() => Clear();

    public void Clear() => Array.Fill(_ring, (long.MinValue, long.MaxValue));

    public void Add(TimeSpan now, TimeSpan window, long value)
    {
        var slice = Slice(now, window);
        ref var kept = ref _ring[slice % Slices];
        kept = kept.Slice == slice ? (slice, Math.Min(kept.Lowest, value)) : (slice, value);
    }

    /// <summary>The lowest value of the window that ends now; <see langword="null"/> if the window has no value.</summary>
    public long? Lowest(TimeSpan now, TimeSpan window)
    {
        var oldest = Slice(now, window) - Slices;
        var lowest = long.MaxValue;
        foreach (var (slice, value) in _ring)
        {
            if (slice > oldest)
            {
                lowest = Math.Min(lowest, value);
            }
        }

        return lowest == long.MaxValue ? null : lowest;
    }

    private static long Slice(TimeSpan now, TimeSpan window) => now.Ticks / Math.Max(1, window.Ticks / Slices);
}
