using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>
/// What an operation is about, such as <c>User 123 | File size: 45.3 MB</c>, with named values beside the text if wanted.
/// A string converts to it. It goes to logs, traces and the journal, never to metric tags.
/// </summary>
[JsonConverter(typeof(OperationContextConverter))]
public readonly struct OperationContext
{
    // Stands for no named values in a context whose text is safe already.
    private static readonly KeyValuePair<string, object?>[] NoValues = [];

    // As given while there are no values, and safe where there are, if only none of them: a watch that is switched off must not pay for
    // making text safe, and one that is on pays once, where the context enters it.
    private readonly string? _text;
    private readonly KeyValuePair<string, object?>[]? _values;

    /// <summary>Describes an operation.</summary>
    /// <param name="text">
    /// What is shown; control characters are escaped and the length is capped at 256. Null or empty shows nothing.
    /// </param>
    public OperationContext(string? text)
        : this(text, null)
    {
    }

    private OperationContext(string? text, KeyValuePair<string, object?>[]? values) => (_text, _values) = (text, values);

    /// <summary>What is shown; empty where nothing is.</summary>
    public string Text => _values is null ? SafeText.Context(_text) : _text!;

    /// <summary>Named values that reach logs and traces as structured state; often none.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Values => _values ?? NoValues;

    /// <summary>The same context with one more named value.</summary>
    /// <param name="name">The key in logs and traces, such as <c>user_id</c>; an earlier value of that name gives way.</param>
    /// <param name="value">
    /// The value. Numbers, flags, times and the like are kept as they are; everything else becomes text, escaped and capped as the
    /// context is, so that the journal keeps no object of the application's alive.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public OperationContext With(string name, object? value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var key = SafeText.Name(name);
        return new(Text, [.. Values.Where(v => v.Key != key), new(key, SafeValue.Of(value))]);
    }

    /// <summary>The same context with its text made safe, as the watch keeps it: escaped text, not the long original.</summary>
    internal OperationContext ToSafe() => _values is null ? new(SafeText.Context(_text), NoValues) : this;

    /// <summary>Describes an operation by text alone.</summary>
    /// <param name="text">What is shown.</param>
    public static implicit operator OperationContext(string? text) => new(text);

    /// <summary>The text.</summary>
    public override string ToString() => Text;
}
