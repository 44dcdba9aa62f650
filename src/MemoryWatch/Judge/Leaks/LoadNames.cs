namespace MemoryWatch.Judge;

/// <summary>What is kept with each floor: metrics, then the number of operations that have ended, by name.</summary>
/// <param name="Metrics">The application's metrics; those that the watch adds are consequences, not load.</param>
/// <param name="MostOperations">Maximum number of operation names.</param>
internal sealed record LoadNames(IReadOnlyList<MetricDefinition> Metrics, int MostOperations)
{
    /// <summary>Maximum number of metrics.</summary>
    public const int MostMetrics = 8;

    public int Count => Metrics.Count + MostOperations;

    public static LoadNames Of(IEnumerable<MetricDefinition> metrics, int mostOperations = 0) => new([.. metrics.Take(MostMetrics)], mostOperations);
}
