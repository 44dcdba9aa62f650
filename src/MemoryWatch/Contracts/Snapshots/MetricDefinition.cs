namespace MemoryWatch;

/// <summary>What a metric is called, counts and should not exceed.</summary>
public sealed class MetricDefinition
{
    /// <summary>Defines a metric.</summary>
    /// <param name="name">
    /// The name as it is shown, such as <c>Active DLs</c>; control characters are escaped and the length is capped at 64.
    /// </param>
    /// <param name="options">Unit, maximum and key; the defaults where absent.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
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

    /// <summary>The name as it is shown, such as <c>Active DLs</c>.</summary>
    public string Name { get; }

    /// <summary>The name in structured logs and as a tag, such as <c>active_dls</c>.</summary>
    public string Key { get; }

    /// <summary>The word after the number, such as <c>items</c>; absent for none.</summary>
    public string? Unit { get; }

    /// <summary>The most that is expected; going over it raises one alert. Absent for none.</summary>
    public long? Maximum { get; }

    /// <summary>One line: <c>Sessions (active_sessions), at most 3</c>.</summary>
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
