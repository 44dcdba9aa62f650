namespace MemoryWatch.Tests.Support;

/// <summary>A provider whose parts do what a test says.</summary>
internal sealed class FakeMetric(Func<MetricDefinition> definition, Func<long?>? read = null) : IMetricsProvider
{
    public FakeMetric(string name, Func<long?>? read = null)
        : this(() => new MetricDefinition(name), read)
    {
    }

    public IReadOnlyList<MetricDefinition> Definitions => [definition()];

    public void Read(Span<long?> values) => values[0] = read?.Invoke();
}
