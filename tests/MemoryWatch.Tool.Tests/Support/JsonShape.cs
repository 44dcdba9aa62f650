using System.Text.Json;

namespace MemoryWatch.Tool.Tests.Support;

/// <summary>The paths of a JSON document with the kinds of their values: what scripts rely on.</summary>
internal static class JsonShape
{
    public static string Of(JsonDocument document) => string.Join('\n', Paths("$", document.RootElement).Distinct().Order(StringComparer.Ordinal)) + "\n";

    private static IEnumerable<string> Paths(string path, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Paths($"{path}.{property.Name}", property.Value)),
        JsonValueKind.Array when element.GetArrayLength() > 0 => element.EnumerateArray().SelectMany(item => Paths($"{path}[]", item)),
        JsonValueKind.True or JsonValueKind.False => [$"{path}: Boolean"],
        var kind => [$"{path}: {kind}"],
    };
}
