using MemoryWatch.Guard;

namespace MemoryWatch.Read;

/// <summary>Asks a user's provider, once, what its metric is: that is the user's code too.</summary>
internal sealed class GuardedDefinition(IMetricsProvider provider)
    : GuardedPlugin("Metric", SafeText.Name(provider.GetType().Name))
{
    private MetricDefinition? _definition;

    public IMetricsProvider Provider => provider;

    /// <summary>What it said; absent where it said nothing.</summary>
    public MetricDefinition? Definition => Answered ? _definition : null;

    protected override void Invoke() => _definition = provider.Definition;
}
