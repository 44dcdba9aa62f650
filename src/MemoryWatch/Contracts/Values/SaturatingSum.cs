namespace MemoryWatch;

/// <summary>Adds up numbers from outside. If the sum is too large, it is <see cref="long.MaxValue"/>; LINQ's <c>Sum</c> would throw.</summary>
internal static class SaturatingSum
{
    /// <param name="items">The items.</param>
    /// <param name="bytes">Returns the number of bytes of an item, 0 or more.</param>
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
