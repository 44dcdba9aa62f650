namespace MemoryWatch;

/// <summary>Optional properties of a metric.</summary>
/// <example>
/// <code>
/// builder.Services.AddMemoryWatch()
///     .AddMetric("Queue", () => queue.Count, (MetricOptions metric) => (metric.Unit, metric.Maximum) = ("items", 20));
/// </code>
/// </example>
public sealed class MetricOptions
{
    /// <summary>The text after the value, such as <c>items</c>; <see langword="null"/>, the default, for none.</summary>
    public string? Unit { get; set; }

    /// <summary>
    /// The expected maximum, 0 or more. When the value exceeds it, one alert is raised. It is <see langword="null"/> by default, for no
    /// maximum.
    /// </summary>
    public long? Maximum { get; set; }

    /// <summary>
    /// The name in structured logs and as a metric tag, such as <c>active_sessions</c>. By default it is the display name in lower case, with
    /// underscores for all characters other than letters and digits. It must be unique among the metrics.
    /// </summary>
    public string? Key { get; set; }
}
