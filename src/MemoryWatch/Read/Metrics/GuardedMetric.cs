using MemoryWatch.Guard;

namespace MemoryWatch.Read;

/// <summary>A user's metric behind the guard.</summary>
internal sealed class GuardedMetric(IMetricsProvider provider, MetricDefinition definition)
    : GuardedPlugin("Metric", definition.Name)
{
    private long? _value;

    public MetricDefinition Definition => definition;

    /// <summary>What the last round read; absent where it brought no answer.</summary>
    public long? Value => Answered ? _value : null;

    protected override void Invoke() => _value = provider.Read();
}
