namespace MemoryWatch;

/// <summary>What one unit of a metric costs in memory, learned from the history of the watch.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="BytesPerUnit">Bytes for each unit.</param>
/// <param name="Changes">Number of changes of the metric on which the estimate rests.</param>
public sealed record MetricCost(MetricDefinition Metric, Estimate BytesPerUnit, int Changes);
