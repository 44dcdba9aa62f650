using System.Text.Json.Serialization;

namespace MemoryWatch.Tool.Live;

/// <summary>The JSON of the live view.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LiveRow))]
[JsonSerializable(typeof(LiveEnd))]
internal sealed partial class LiveJson : JsonSerializerContext;
