namespace MemoryWatch.Judge;

/// <summary>A level of memory.</summary>
/// <param name="Bytes">The lowest reading.</param>
/// <param name="Reading">Its number, counted from the first reading.</param>
internal readonly record struct Level(long Bytes, long Reading);

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
    private long _number;

    /// <summary>Number of readings since metrics changed.</summary>
    public int Added { get; private set; }

    public bool IsLevel => Added >= Least;

    public bool IsFull => Added >= Most + Settling;

    /// <summary>Number of readings that the level is taken from.</summary>
    public int Count => Math.Min(Added, Most) - (Added is > Least and <= Most ? Settling : 0);

    public void Clear() => Added = 0;

    public void Add(long bytes)
    {
        _bytes[_number++ % Most] = bytes;
        Added++;
    }

    /// <summary>The lowest of the last readings.</summary>
    public Level Lowest()
    {
        var lowest = new Level(long.MaxValue, 0);
        for (var number = _number - Count; number < _number; number++)
        {
            if (_bytes[number % Most] is var bytes && bytes < lowest.Bytes)
            {
                lowest = new(bytes, number);
            }
        }

        return lowest;
    }
}
