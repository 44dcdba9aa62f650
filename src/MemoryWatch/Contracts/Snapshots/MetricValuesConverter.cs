using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>
/// Converts metrics to an object with a number for each name, null if the value could not be read. A metric that is read back has only a name
/// and a value.
/// </summary>
internal sealed class MetricValuesConverter : JsonConverter<MetricValues>
{
    public override MetricValues Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        if (document.RootElement is not { ValueKind: JsonValueKind.Object } root)
        {
            throw new JsonException("Metrics are an object with a number for each name.");
        }

        var metrics = root.EnumerateObject().Where(metric => !string.IsNullOrWhiteSpace(metric.Name)).ToArray();
        return new(
            Array.ConvertAll(metrics, metric => new MetricDefinition(metric.Name)),
            Array.ConvertAll(metrics, metric => metric.Value.ValueKind == JsonValueKind.Null ? (long?)null : metric.Value.GetInt64()));
    }

    public override void Write(Utf8JsonWriter writer, MetricValues value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var metric in value)
        {
            if (metric.Value is { } number)
            {
                writer.WriteNumber(metric.Definition.Name, number);
            }
            else
            {
                writer.WriteNull(metric.Definition.Name);
            }
        }

        writer.WriteEndObject();
    }
}
