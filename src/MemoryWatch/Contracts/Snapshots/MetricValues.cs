using System.Collections;
using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>One metric and what it read.</summary>
/// <param name="Definition">Name, unit and maximum.</param>
/// <param name="Value">The number; absent where it could not be read.</param>
public readonly record struct MetricValue(MetricDefinition Definition, long? Value)
{
    /// <summary>As snapshots show it: <c>Cache: 6 items</c>, <c>Sessions: n/a</c>.</summary>
    public override string ToString() => (Value, Definition?.Unit) switch
    {
        (null, _) => $"{Definition?.Name}: {MemoryText.NotAvailable}",
        ({ } value, { } unit) => $"{Definition!.Name}: {MemoryText.Count(value)} {unit}",
        ({ } value, null) => $"{Definition?.Name}: {MemoryText.Count(value)}",
    };
}

/// <summary>The metrics of one snapshot in the order of registration, the built-in ones last. Serialises to JSON by name.</summary>
[JsonConverter(typeof(MetricValuesConverter))]
public sealed class MetricValues : IReadOnlyList<MetricValue>
{
    private const int BitsPerWord = 64;

    private readonly MetricDefinition[] _definitions;

    // The numbers, and behind them a bit for each that is there: a snapshot is taken every second.
    private readonly long[] _words;

    /// <summary>Creates the metrics of a snapshot, for unit tests of plug-ins.</summary>
    /// <param name="metrics">The metrics and what they read.</param>
    public MetricValues(params IReadOnlyList<MetricValue> metrics)
        : this([.. metrics.Select(metric => metric.Definition)], [.. metrics.Select(metric => metric.Value)])
    {
    }

    /// <param name="definitions">The metrics; kept as it is.</param>
    /// <param name="values">What each of them read.</param>
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

    /// <summary>How many metrics there are, readable or not.</summary>
    public int Count => _definitions.Length;

    /// <summary>A metric by its place.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public MetricValue this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return new(_definitions[index], IsThere(index) ? _words[index] : null);
        }
    }

    /// <summary>A metric's number by its name; absent where it could not be read or is not there.</summary>
    /// <param name="name">The name as it is shown, such as <c>Sessions</c>.</param>
    public long? this[string name]
    {
        get
        {
            var index = Array.FindIndex(_definitions, definition => string.Equals(definition.Name, name, StringComparison.Ordinal));
            return index < 0 ? null : this[index].Value;
        }
    }

    /// <summary>The metrics in their order.</summary>
    public IEnumerator<MetricValue> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>One line: <c>Sessions: 3 | Queue: 1</c>.</summary>
    public override string ToString() => string.Join(" | ", this);

    private bool IsThere(int index) => (_words[Count + (index / BitsPerWord)] >> (index % BitsPerWord) & 1) != 0;
}
