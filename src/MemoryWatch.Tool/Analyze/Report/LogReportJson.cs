using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemoryWatch.Tool.Analyze;

/// <summary>The JSON form of the report.</summary>
[JsonSerializable(typeof(LogReport))]
internal sealed partial class LogReportJson : JsonSerializerContext
{
    /// <summary>With letters of all languages as they are: it is read by people too.</summary>
    public static LogReportJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
