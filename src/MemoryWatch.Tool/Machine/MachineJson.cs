using System.Text.Json.Serialization;

namespace MemoryWatch.Tool.Machine;

/// <summary>The JSON of a report, and of what a collected file has beside files.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(MachineReport))]
[JsonSerializable(typeof(ArchiveManifest))]
internal sealed partial class MachineJson : JsonSerializerContext;
