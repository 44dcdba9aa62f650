namespace MemoryWatch.Read;

/// <summary>A metric whose value a function reads.</summary>
internal sealed class DelegateMetric(MetricDefinition definition, Func<long?> read) : IMetricsProvider
{
    public IReadOnlyList<MetricDefinition> Definitions { get; } = [definition];

    public void Read(Span<long?> values) => values[0] = read();
}
