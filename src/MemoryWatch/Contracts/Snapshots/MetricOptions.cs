namespace MemoryWatch;

/// <summary>What may be said of a metric beyond its name.</summary>
public sealed class MetricOptions
{
    /// <summary>The word after the number, such as <c>items</c>; none by default.</summary>
    public string? Unit { get; set; }

    /// <summary>The most that is expected, 0 or more; going over it raises one alert. None by default.</summary>
    public long? Maximum { get; set; }

    /// <summary>
    /// The name in structured logs and as a tag, such as <c>active_sessions</c>; by default the shown name in
    /// lower case with underscores.
    /// </summary>
    public string? Key { get; set; }
}
