using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>
/// The subject of an operation, such as <c>User 123 | File size: 45.3 MB</c>, optionally with named values. A string converts to it.
/// MemoryWatch writes it to logs, traces and the journal, never to metric tags.
/// </summary>
/// <example>
/// <code>
/// using var scope = watch.Track("Download", new OperationContext($"User {userId}").With("file_bytes", 26_214_400));
/// </code>
/// </example>
[JsonConverter(typeof(OperationContextConverter))]
public readonly struct OperationContext
{
    // Marks a context whose text is already safe and that has no named values.
    private static readonly KeyValuePair<string, object?>[] NoValues = [];

    // The text as given if _values is null; otherwise the safe text, even if _values is empty. A disabled watch must not pay for making text
    // safe. An enabled watch pays once, when it receives the context.
    private readonly string? _text;
    private readonly KeyValuePair<string, object?>[]? _values;

    /// <summary>Creates a context from text.</summary>
    /// <param name="text">
    /// The text; control characters are escaped and the length is capped at 256 characters. <see langword="null"/> or empty shows nothing.
    /// </param>
    public OperationContext(string? text)
        : this(text, null)
    {
    }

    private OperationContext(string? text, KeyValuePair<string, object?>[]? values) => (_text, _values) = (text, values);

    /// <summary>The text, at most 256 characters; safe to print. Empty if there is no text.</summary>
    public string Text => _values is null ? SafeText.Context(_text) : _text!;

    /// <summary>Named values that MemoryWatch writes to logs and traces as structured state; often none.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Values => _values ?? NoValues;

    /// <summary>Returns a copy of the context with one more named value.</summary>
    /// <param name="name">
    /// The key in logs and traces, such as <c>user_id</c>; escaped and capped at 64 characters. An earlier value with this name is replaced.
    /// </param>
    /// <param name="value">
    /// The value. Numbers, flags, characters, times, enums and GUIDs are kept unchanged. Every other value becomes text, escaped and capped at
    /// 256 characters, so that the journal keeps no object of the application alive.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is <see langword="null"/>, empty or blank.</exception>
    public OperationContext With(string name, object? value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var key = SafeText.Name(name);
        return new(Text, [.. Values.Where(v => v.Key != key), new(key, SafeValue.Of(value))]);
    }

    /// <summary>Returns the context with safe text, as the watch keeps it: the escaped text, not the long original.</summary>
    internal OperationContext ToSafe() => _values is null ? new(SafeText.Context(_text), NoValues) : this;

    /// <summary>Converts a string to a context without named values.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator OperationContext(string? text) => new(text);

    /// <summary>Returns the text.</summary>
    public override string ToString() => Text;
}
