namespace MemoryWatch.Judge;

/// <summary>The last changes of metrics with what memory changed by, in constant memory: new ones replace the oldest.</summary>
internal sealed class CostSamples(int metrics)
{
    /// <summary>Number of changes that are kept.</summary>
    public const int Most = 64;

    private readonly (double Bytes, double Readings, bool IsCollected)[] _memory = new (double, double, bool)[Most];
    private readonly long[] _changes = new long[Most * metrics];
    private long _added;

    public int Count => (int)Math.Min(_added, Most);

    /// <summary>Adds a change.</summary>
    /// <param name="bytes">What memory changed by.</param>
    /// <param name="readings">How many readings apart the two levels are.</param>
    /// <param name="isCollected">Whether there was a gen-2 GC in between.</param>
    /// <returns>The change of each metric, to be filled in.</returns>
    public Span<long> Add(double bytes, double readings, bool isCollected)
    {
        var place = (int)(_added++ % Most);
        _memory[place] = (bytes, readings, isCollected);
        return Changes(place);
    }

    /// <summary>What memory changed by, without what it changes by anyway.</summary>
    /// <param name="place">0 to <see cref="Count"/> - 1.</param>
    /// <param name="quiet">What memory changes by from one reading to the next without a gen-2 GC in between.</param>
    /// <param name="collected">The same with one.</param>
    public double Bytes(int place, double quiet, double collected)
    {
        var (bytes, readings, isCollected) = _memory[place];
        return bytes - ((isCollected ? collected : quiet) * readings);
    }

    public Span<long> Changes(int place) => _changes.AsSpan(place * metrics, metrics);

    /// <summary>Which metrics changed: one bit for each.</summary>
    public ulong Mask(int place)
    {
        var mask = 0UL;
        var changes = Changes(place);
        for (var i = 0; i < changes.Length; i++)
        {
            mask |= changes[i] == 0 ? 0 : 1UL << i;
        }

        return mask;
    }
}
