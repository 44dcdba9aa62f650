using System.Globalization;

namespace MemoryWatch;

/// <summary>A metric has gone over its maximum.</summary>
/// <param name="metric">The metric.</param>
/// <param name="value">What it read.</param>
/// <param name="maximum">Its maximum.</param>
public sealed class MetricMaximumAlert(MetricDefinition metric, long value, long maximum)
    : MemoryAlert("metric_maximum", AlertSeverity.Warning)
{
    /// <summary>The metric.</summary>
    public MetricDefinition Metric { get; } = metric;

    /// <summary>What it read.</summary>
    public long Value { get; } = value;

    /// <summary>Its maximum.</summary>
    public long Maximum { get; } = maximum;

    /// <summary>One line: <c>metric_maximum: Sessions 4 / 3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}: {Metric.Name} {Value} / {Maximum}");
}
