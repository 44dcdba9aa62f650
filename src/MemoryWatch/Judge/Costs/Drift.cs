namespace MemoryWatch.Judge;

/// <summary>
/// What memory changes by from one reading to the next while no metric changes: growth of other reasons, and what garbage does to a level.
/// </summary>
internal sealed class Drift
{
    private const int Most = 64;

    private readonly double[] _perReading = new double[Most];
    private long _added;

    /// <summary>Takes two levels in a row.</summary>
    public void Keep(Level before, Level level) =>
        _perReading[_added++ % Most] = (double)(level.Bytes - before.Bytes) / (level.Reading - before.Reading);

    /// <summary>The median, in bytes for each reading; 0 if it is unknown.</summary>
    public double PerReading()
    {
        Span<double> sorted = stackalloc double[(int)Math.Min(_added, Most)];
        _perReading.AsSpan(0, sorted.Length).CopyTo(sorted);
        sorted.Sort();
        return sorted.Length < MedianInterval.Least ? 0 : MedianInterval.Median(sorted);
    }
}
