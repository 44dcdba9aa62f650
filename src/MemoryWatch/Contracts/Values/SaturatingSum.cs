namespace MemoryWatch;

/// <summary>Sums of numbers that come from outside: one that is too large is the largest there is, where LINQ's own would throw.</summary>
internal static class SaturatingSum
{
    /// <param name="items">What to add up.</param>
    /// <param name="bytes">The number of each, 0 or more.</param>
    public static long SumBytes<T>(this IEnumerable<T> items, Func<T, long> bytes)
    {
        var sum = 0L;
        foreach (var item in items)
        {
            sum += Math.Min(bytes(item), long.MaxValue - sum);
        }

        return sum;
    }
}
