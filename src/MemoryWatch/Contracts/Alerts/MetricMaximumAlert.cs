using System.Globalization;

namespace MemoryWatch;

/// <summary>Raised when a metric exceeds its maximum, and again only after the metric has been at or below it.</summary>
/// <param name="metric">The metric.</param>
/// <param name="value">The value of the metric.</param>
/// <param name="maximum">The maximum of the metric.</param>
/// <example>
/// <code>
/// if (alert is MetricMaximumAlert { Metric.Name: "Sessions" } sessionsAlert)
/// {
///     await SendAsync($"{sessionsAlert.Value} sessions; the maximum is {sessionsAlert.Maximum}");
/// }
/// </code>
/// </example>
public sealed class MetricMaximumAlert(MetricDefinition metric, long value, long maximum)
    : MemoryAlert("metric_maximum", AlertSeverity.Warning)
{
    /// <summary>The metric.</summary>
    public MetricDefinition Metric { get; } = metric;

    /// <summary>The value of the metric, above the maximum.</summary>
    public long Value { get; } = value;

    /// <summary>The maximum of the metric (<see cref="MetricDefinition.Maximum"/>).</summary>
    public long Maximum { get; } = maximum;

    /// <summary>Returns one line, such as <c>metric_maximum: Sessions 4 / 3</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind}: {Metric.Name} {Value} / {Maximum}");
}
