namespace MemoryWatch.Tests.Support;

/// <summary>A provider whose parts do what a test says.</summary>
internal sealed class FakeMetric(Func<MetricDefinition> definition, Func<long?>? read = null) : IMetricsProvider
{
    public FakeMetric(string name, Func<long?>? read = null)
        : this(() => new MetricDefinition(name), read)
    {
    }

    public MetricDefinition Definition => definition();

    public long? Read() => read?.Invoke();
}
