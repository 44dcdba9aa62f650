namespace MemoryWatch.Testing;

/// <summary>The middle of numbers.</summary>
internal static class Median
{
    public static double Of(IReadOnlyCollection<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
