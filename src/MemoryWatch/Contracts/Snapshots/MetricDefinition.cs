namespace MemoryWatch;

/// <summary>The name, unit and maximum of a metric.</summary>
/// <example>
/// <code>
/// public sealed class BufferMetrics(Func&lt;(int Rented, int Free)> count) : IMetricsProvider
/// {
///     public IReadOnlyList&lt;MetricDefinition> Definitions { get; } = [new("Rented buffers", new() { Maximum = 100 }), new("Free buffers")];
///
///     public void Read(Span&lt;long?> values) => (values[0], values[1]) = count();
/// }
/// </code>
/// </example>
public sealed class MetricDefinition
{
    /// <summary>Defines a metric.</summary>
    /// <param name="name">
    /// The display name, such as <c>Active DLs</c>; control characters are escaped and the length is capped at 64 characters. It must be unique
    /// among the metrics.
    /// </param>
    /// <param name="options">Unit, maximum and key; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is <see langword="null"/>, empty or blank.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is negative.</exception>
    public MetricDefinition(string name, MetricOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (options?.Maximum < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.Maximum, $"The maximum of metric '{name}' must be 0 or more.");
        }

        Name = SafeText.Name(name);
        Key = SafeText.Name(options?.Key is { Length: > 0 } key ? key : SnakeCase(Name));
        Unit = options?.Unit is { Length: > 0 } unit ? SafeText.Name(unit) : null;
        Maximum = options?.Maximum;
    }

    /// <summary>The display name, such as <c>Active DLs</c>.</summary>
    public string Name { get; }

    /// <summary>The name in structured logs and as a metric tag, such as <c>active_dls</c>.</summary>
    public string Key { get; }

    /// <summary>The text after the value, such as <c>items</c>; <see langword="null"/> for none.</summary>
    public string? Unit { get; }

    /// <summary>The expected maximum. When the value exceeds it, one alert is raised. It is <see langword="null"/> for no maximum.</summary>
    public long? Maximum { get; }

    /// <summary>Returns one line, such as <c>Sessions (active_sessions), at most 3</c>.</summary>
    public override string ToString() => Maximum is { } maximum ? $"{Name} ({Key}), at most {MemoryText.Count(maximum)}" : $"{Name} ({Key})";

    private static string SnakeCase(string name) =>
        string.Create(name.Length, name, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsLetterOrDigit(text[i]) ? char.ToLowerInvariant(text[i]) : '_';
            }
        });
}
