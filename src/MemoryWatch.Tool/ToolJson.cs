using System.Text.Json.Serialization;
using MemoryWatch.Tool.Inspect;
using MemoryWatch.Tool.Judge;

namespace MemoryWatch.Tool;

/// <summary>The JSON that commands write. Its shape is public: a name or a meaning changes only with a new major version.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BoxJson))]
[JsonSerializable(typeof(PastedJson))]
[JsonSerializable(typeof(JudgeJson))]
internal sealed partial class ToolJson : JsonSerializerContext;
