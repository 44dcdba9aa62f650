namespace MemoryWatch.Judge;

/// <summary>
/// The last readings since metrics changed. The lowest of them is the level of memory, because garbage comes and goes above it.
/// </summary>
internal sealed class LevelWindow
{
    /// <summary>Maximum number of readings that a level is taken from: over a longer time memory grows for other reasons.</summary>
    public const int Most = 30;

    // Memory follows a metric, or precedes it, by a moment.
    private const int Settling = 1;
    private const int Least = 2;

    private readonly long[] _bytes = new long[Most];
    private int _added;

    /// <summary>Number of readings since metrics changed.</summary>
    public int Added => _added;

    /// <summary>Number of readings that the level is taken from.</summary>
    public int Count => Math.Min(_added, Most) - Skipped;

    public bool IsLevel => _added >= Least;

    public bool IsFull => _added >= Most + Settling;

    private int Skipped => _added is > Least and <= Most ? Settling : 0;

    public void Clear() => _added = 0;

    public void Add(long bytes) => _bytes[_added++ % Most] = bytes;

    /// <summary>The lowest of the last readings.</summary>
    public long Lowest()
    {
        var lowest = long.MaxValue;
        foreach (var bytes in _bytes.AsSpan(Skipped, Count))
        {
            lowest = Math.Min(lowest, bytes);
        }

        return lowest;
    }
}
