using System.Collections;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tell;

/// <summary>
/// A log event whose values differ from program to program: metrics by their keys, a context's named values. A generated log method has the
/// same values at every call, so these events carry their state themselves.
/// </summary>
/// <param name="template">The message template; logging systems group events by it.</param>
/// <param name="text">The message. Logging systems that render the template themselves get the same text.</param>
internal sealed class LogState(string template, string text) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private const string Details = "details";
    private const string Template = "{OriginalFormat}";

    private static readonly Func<LogState, Exception?, string> Format = static (state, _) => state.ToString();
    private readonly List<KeyValuePair<string, object?>> _values = [];

    public int Count => _values.Count;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    /// <summary>An event whose text begins with a headline and continues with details that differ each time.</summary>
    /// <param name="headline">The template of the headline.</param>
    /// <param name="headlineLength">The length of the headline within <paramref name="text"/>.</param>
    /// <param name="text">The message.</param>
    public static LogState WithDetails(string headline, int headlineLength, string text) =>
        new LogState($"{headline}{{{Details}}}", text).Add(Details, text[headlineLength..]);

    /// <inheritdoc cref="WithDetails(string, int, string)"/>
    public static LogState WithDetails(string headline, string text) => WithDetails(headline, headline.Length, text);

    /// <summary>
    /// Adds a value and replaces an earlier one of the same name, because stores refuse or mix up duplicate names. A null value is left out.
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

    /// <summary>Adds values of the application; one named as the text's details does not replace them.</summary>
    public LogState Add(IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        foreach (var (key, value) in values)
        {
            if (key is not (Details or Template))
            {
                Add(key, value);
            }
        }

        return this;
    }

    public void Write(ILogger logger, LogLevel level, int eventId, string eventName)
    {
        // By convention the last value.
        _values.Add(new(Template, template));
        logger.Log(level, new EventId(eventId, eventName), this, null, Format);
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => text;
}
