namespace MemoryWatch.Benchmarks.Reporting;

/// <summary>Computes the median of measurements.</summary>
internal static class Samples
{
    public static double Median(this IEnumerable<double> samples)
    {
        var sorted = samples.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
