using System.Runtime.CompilerServices;

namespace MemoryWatch;

/// <summary>One metric and what it read.</summary>
/// <param name="Definition">Name, unit and maximum.</param>
/// <param name="Value">The number; absent where it could not be read.</param>
public readonly record struct MetricValue(MetricDefinition Definition, long? Value);

/// <summary>
/// The metrics of one snapshot in the order of registration, the built-in ones last. A value: it holds its numbers
/// itself, so that taking one allocates nothing.
/// </summary>
public readonly struct MetricValues
{
    /// <summary>How many metrics a watch can show, the built-in ones included.</summary>
    public const int Capacity = 32;

    private readonly MetricDefinition[]? _definitions;
    private readonly Numbers _numbers;
    private readonly uint _present;

    internal MetricValues(MetricDefinition[] definitions, ReadOnlySpan<long?> values)
    {
        _definitions = definitions;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
            {
                _numbers[i] = value;
                _present |= 1u << i;
            }
        }
    }

    /// <summary>How many metrics there are, readable or not.</summary>
    public int Count => _definitions?.Length ?? 0;

    /// <summary>A metric by its place.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public MetricValue this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return new(_definitions![index], (_present >> index & 1) != 0 ? _numbers[index] : null);
        }
    }

    /// <summary>A metric's number by its name; absent where it could not be read or is not there.</summary>
    /// <param name="name">The name as it is shown, such as <c>Sessions</c>.</param>
    public long? this[string name]
    {
        get
        {
            for (var i = 0; i < Count; i++)
            {
                if (string.Equals(_definitions![i].Name, name, StringComparison.Ordinal))
                {
                    return this[i].Value;
                }
            }

            return null;
        }
    }

    [InlineArray(Capacity)]
    private struct Numbers
    {
        private long _first;
    }
}
