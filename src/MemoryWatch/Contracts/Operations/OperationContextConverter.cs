using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>
/// Writes a context as its text or, if it has named values, as an object of <c>text</c> and <c>values</c>. Reads both forms; values are read as
/// text, numbers and flags.
/// </summary>
internal sealed class OperationContextConverter : JsonConverter<OperationContext>
{
    private const string Text = "text";
    private const string Values = "values";

    public override OperationContext Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement is not { ValueKind: JsonValueKind.Object } root)
        {
            throw new JsonException("A context is text, or an object of text and values.");
        }

        OperationContext context = root.TryGetProperty(Text, out var text) ? text.GetString() : null;
        return root.TryGetProperty(Values, out var values)
            ? values.EnumerateObject().Aggregate(context, (read, value) => read.With(value.Name, ReadValue(value.Value)))
            : context;
    }

    public override void Write(Utf8JsonWriter writer, OperationContext value, JsonSerializerOptions options)
    {
        if (value.Values.Count == 0)
        {
            writer.WriteStringValue(value.Text);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString(Text, value.Text);
        writer.WriteStartObject(Values);
        foreach (var (name, item) in value.Values)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, item);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static object? ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    /// <summary>Writes a value as a number, a flag or text. No value that a context keeps needs reflection.</summary>
    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case float or double when Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture) is var number && double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case DateTime time:
                writer.WriteStringValue(time);
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(time);
                break;
            default:
                writer.WriteStringValue(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }
}
