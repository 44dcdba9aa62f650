using System.Text.Json.Serialization;

namespace MemoryWatch.AspNetCore.Page.Json;

/// <summary>Serializes the answers without reflection. The default encoder also escapes what HTML would take as markup.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SnapshotJson))]
[JsonSerializable(typeof(OperationsJson))]
[JsonSerializable(typeof(FindingsJson))]
[JsonSerializable(typeof(HistoryJson))]
[JsonSerializable(typeof(TickJson))]
[JsonSerializable(typeof(StateJson))]
[JsonSerializable(typeof(FirstViewJson))]
internal sealed partial class PageJson : JsonSerializerContext;
