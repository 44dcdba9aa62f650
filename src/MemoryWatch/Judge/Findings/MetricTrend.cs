namespace MemoryWatch.Judge;

/// <summary>How a metric has behaved.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Value">Its last value.</param>
/// <param name="Lowest">Its lowest value since the watch began.</param>
/// <param name="Highest">Its highest value since then.</param>
/// <param name="RiseFrom">The value from which it has been rising, without a fall by more than a quarter.</param>
/// <param name="Rise">Time for which it has been rising so.</param>
/// <param name="Steps">Number of readings in that time at which it had risen.</param>
/// <param name="HasFallen">Whether it ever fell by that much.</param>
/// <param name="Level">Time for which it has had its last value.</param>
internal readonly record struct MetricTrend(
    MetricDefinition Metric, long Value, long Lowest, long Highest, long RiseFrom, TimeSpan Rise, int Steps, bool HasFallen, TimeSpan Level);
