using System.Text;
using System.Text.Json;

namespace MemoryWatch.Tool.Analyze;

/// <summary>
/// A line that is a JSON object: of a structured logger (Microsoft's JsonConsole, Serilog's JsonFormatter and compact form, or one with a message and a
/// time by other usual names), or of Docker's file, which wraps a line of text.
/// </summary>
internal readonly ref struct JsonLine
{
    /// <summary>The message, of one or more lines; <see langword="null"/> if there is none.</summary>
    public string? Message { get; private init; }

    /// <summary>Its time.</summary>
    public LogTime? Time { get; private init; }

    /// <summary>The category of the logger; <see langword="null"/> if it is not named.</summary>
    public string? Category { get; private init; }

    /// <summary>Whether the message is a line of text as the process wrote it, with any prefix of its own.</summary>
    public bool IsWrapped { get; private init; }

    /// <summary>Reads an object.</summary>
    /// <returns>Whether it is one; a line that was cut off is none.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> text, out JsonLine line)
    {
        line = default;
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return false;

            var time = TimeOf(Text(root, "Timestamp") ?? Text(root, "@t") ?? Text(root, "time") ?? Text(root, "timestamp") ?? Text(root, "ts"));
            if (Text(root, "log") is { } wrapped)
            {
                line = new() { Message = wrapped, Time = time, IsWrapped = true };
                return true;
            }

            var values = Inner(root, "Properties") ?? Inner(root, "State") ?? root;
            line = new()
            {
                Message = Rendered(Text(root, "MessageTemplate") ?? Text(root, "@mt"), values)
                    ?? Unquoted(Text(root, "Message") ?? Text(root, "RenderedMessage") ?? Text(root, "@m") ?? Text(root, "message") ?? Text(root, "msg"), values),
                Time = time,
                Category = Text(root, "Category") ?? Text(values, "SourceContext"),
            };
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A line that was cut off, that only begins like an object, or whose text is no text.
            return false;
        }
    }

    private static string? Text(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
            return null;

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: no text.
            return null;
        }
    }

    private static JsonElement? Inner(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static LogTime? TimeOf(string? text)
    {
        if (text is null || text.Length > 64)
            return null;

        Span<byte> bytes = stackalloc byte[text.Length * 3];
        var length = Encoding.UTF8.GetBytes(text, bytes);
        return TimeStamp.Read(bytes[..length].TrimStart((byte)' '), out var time) > 0 ? time : null;
    }

    /// <summary>A message without the quotes that Serilog puts around text in it.</summary>
    private static string? Unquoted(string? message, JsonElement values)
    {
        if (message is null || !message.Contains('"', StringComparison.Ordinal))
            return message;

        foreach (var property in values.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() is { Length: > 0 } value && !property.Name.StartsWith('@'))
                message = message.Replace($"\"{value.Replace("\"", "\\\"", StringComparison.Ordinal)}\"", value, StringComparison.Ordinal);
        }

        return message;
    }

    /// <summary>A message template with its values put in, for loggers that write both apart.</summary>
    private static string? Rendered(string? template, JsonElement values)
    {
        if (template is null)
            return null;

        var text = new StringBuilder();
        for (var at = 0; at < template.Length;)
        {
            var open = template.IndexOf('{', at);
            var close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0)
                return text.Append(template, at, template.Length - at).ToString();

            text.Append(template, at, open - at);
            if (values.TryGetProperty(template[(open + 1)..close], out var value))
                text.Append(value.ValueKind == JsonValueKind.String ? Text(values, template[(open + 1)..close]) : value.GetRawText());
            at = close + 1;
        }

        return text.ToString();
    }
}
