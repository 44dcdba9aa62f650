namespace MemoryWatch.Read;

/// <summary>A metric read by a function.</summary>
internal sealed class DelegateMetric(MetricDefinition definition, Func<long?> read) : IMetricsProvider
{
    public MetricDefinition Definition { get; } = definition;

    public long? Read() => read();
}
