using System.Collections;
using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>A metric and its value.</summary>
/// <param name="Definition">Name, unit and maximum.</param>
/// <param name="Value">The value; <see langword="null"/> if it could not be read.</param>
public readonly record struct MetricValue(MetricDefinition Definition, long? Value)
{
    /// <summary>Returns the text that snapshots show, such as <c>Cache: 6 items</c> or <c>Sessions: n/a</c>.</summary>
    public override string ToString() => (Value, Definition?.Unit) switch
    {
        (null, _) => $"{Definition?.Name}: {MemoryText.NotAvailable}",
        ({ } value, { } unit) => $"{Definition!.Name}: {MemoryText.Count(value)} {unit}",
        ({ } value, null) => $"{Definition?.Name}: {MemoryText.Count(value)}",
    };
}

/// <summary>The metrics of one snapshot in the order of registration, followed by the built-in ones. Serializes to JSON by name.</summary>
/// <example>
/// <code>
/// MetricValues metrics = watch.Current.Metrics;
/// var active = metrics["Active DLs"];
/// foreach (MetricValue metric in metrics)
/// {
///     Console.WriteLine($"{metric.Definition.Name}: {metric.Value?.ToString() ?? "n/a"}");
/// }
/// </code>
/// </example>
[JsonConverter(typeof(MetricValuesConverter))]
public sealed class MetricValues : IReadOnlyList<MetricValue>
{
    private const int BitsPerWord = 64;

    private readonly MetricDefinition[] _definitions;

    // The values, followed by one bit for each that marks it as known. This form is compact because a snapshot is taken every second.
    private readonly long[] _words;

    /// <summary>Creates the metrics of a snapshot, for unit tests of plug-ins.</summary>
    /// <param name="metrics">The metrics and their values.</param>
    public MetricValues(params MetricValue[] metrics)
        : this([.. metrics.Select(metric => metric.Definition)], [.. metrics.Select(metric => metric.Value)])
    {
    }

    /// <param name="definitions">The metrics; the array is kept, not copied.</param>
    /// <param name="values">The value of each metric.</param>
    internal MetricValues(MetricDefinition[] definitions, ReadOnlySpan<long?> values)
    {
        _definitions = definitions;
        _words = definitions.Length == 0 ? [] : new long[definitions.Length + ((definitions.Length + BitsPerWord - 1) / BitsPerWord)];
        for (var i = 0; i < definitions.Length; i++)
        {
            if (values[i] is { } value)
            {
                _words[i] = value;
                _words[definitions.Length + (i / BitsPerWord)] |= 1L << (i % BitsPerWord);
            }
        }
    }

    /// <summary>No metrics.</summary>
    public static MetricValues Empty { get; } = new([], []);

    /// <summary>Number of metrics, whether or not they could be read.</summary>
    public int Count => _definitions.Length;

    /// <summary>The metric at an index.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no metric at this index.</exception>
    public MetricValue this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return new(_definitions[index], IsThere(index) ? _words[index] : null);
        }
    }

    /// <summary>The value of the metric with this name; <see langword="null"/> if it could not be read or there is no such metric.</summary>
    /// <param name="name">The display name, such as <c>Sessions</c>; case matters.</param>
    public long? this[string name]
    {
        get
        {
            var index = Array.FindIndex(_definitions, definition => string.Equals(definition.Name, name, StringComparison.Ordinal));
            return index < 0 ? null : this[index].Value;
        }
    }

    /// <summary>Enumerates the metrics in order.</summary>
    public IEnumerator<MetricValue> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Returns one line, such as <c>Sessions: 3 | Queue: 1</c>.</summary>
    public override string ToString() => string.Join(" | ", this);

    private bool IsThere(int index) => (_words[Count + (index / BitsPerWord)] >> (index % BitsPerWord) & 1) != 0;
}
