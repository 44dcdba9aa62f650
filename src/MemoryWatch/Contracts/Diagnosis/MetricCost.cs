namespace MemoryWatch;

/// <summary>
/// What one unit of a metric costs in memory, learned from the history of the watch: by how much managed and native memory changed when the metric
/// did, less what it changes by without the metric. The interval has a confidence of at least 95 %.
/// </summary>
/// <param name="Metric">The metric.</param>
/// <param name="BytesPerUnit">Bytes for each unit.</param>
/// <param name="Changes">Number of changes of the metric on which the estimate rests.</param>
/// <example>
/// <code>
/// foreach (MetricCost cost in watch.Diagnose().Costs)
/// {
///     Console.WriteLine($"One more of {cost.Metric.Name} costs {cost.BytesPerUnit.Value / (1 &lt;&lt; 20):0.0} MB");
/// }
/// </code>
/// </example>
public sealed record MetricCost(MetricDefinition Metric, Estimate BytesPerUnit, int Changes)
{
    /// <summary>
    /// Metrics that changed each time together with this one, so that a part of the cost may be theirs; often empty.
    /// </summary>
    public IReadOnlyList<MetricDefinition> Together { get; init; } = [];
}
