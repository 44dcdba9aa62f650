using System.Collections;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>
/// A log event whose values differ from program to program: metrics by their keys, a context's named values. A
/// generated log method has the same values at every call, so these lines carry their state themselves.
/// </summary>
internal sealed class LogState(string message) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private static readonly Func<LogState, Exception?, string> Format = static (state, _) => state.ToString();
    private readonly List<KeyValuePair<string, object?>> _values = [];

    public int Count => _values.Count;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    /// <summary>
    /// Adds a value, in place of an earlier one of that name, as stores refuse or mix up names that come twice. One that is
    /// absent is left out rather than logged as null.
    /// </summary>
    public LogState Add(string key, object? value)
    {
        if (value is null)
        {
            return this;
        }

        var existing = _values.FindIndex(v => string.Equals(v.Key, key, StringComparison.Ordinal));
        if (existing >= 0)
        {
            _values[existing] = new(key, value);
        }
        else
        {
            _values.Add(new(key, value));
        }

        return this;
    }

    public LogState Add(IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        foreach (var (key, value) in values)
        {
            Add(key, value);
        }

        return this;
    }

    public void Write(ILogger logger, LogLevel level, int eventId, string eventName) =>
        logger.Log(level, new EventId(eventId, eventName), this, null, Format);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => message;
}
