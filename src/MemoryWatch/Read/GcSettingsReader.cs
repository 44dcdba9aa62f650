using System.Collections;

namespace MemoryWatch.Read;

/// <summary>
/// Finds what the user set for the GC. The runtime's own list of configuration variables is of no use for that: it shows derived values too, such
/// as a heap limit of 384 MB in a container of 512 MB.
/// </summary>
internal static class GcSettingsReader
{
    // A DOTNET_ variable is read before a COMPlus_ one, and both before the file.
    private static readonly string[] Prefixes = ["DOTNET_", "COMPlus_"];

    // The runtime reads the size of generation 0 only from the environment.
    private static readonly (GcKnob Knob, string Variable, string? Property)[] Knobs =
    [
        (GcKnob.HeapLimit, "GCHeapHardLimit", "System.GC.HeapHardLimit"),
        (GcKnob.HeapLimitPercent, "GCHeapHardLimitPercent", "System.GC.HeapHardLimitPercent"),
        (GcKnob.HeapLimitOfPart, "GCHeapHardLimitSOH", "System.GC.HeapHardLimitSOH"),
        (GcKnob.HeapLimitOfPart, "GCHeapHardLimitSOHPercent", "System.GC.HeapHardLimitSOHPercent"),
        (GcKnob.Server, "gcServer", "System.GC.Server"),
        (GcKnob.HeapCount, "GCHeapCount", "System.GC.HeapCount"),
        (GcKnob.ConserveMemory, "GCConserveMemory", "System.GC.ConserveMemory"),
        (GcKnob.Gen0Size, "GCgen0size", null),
    ];

    /// <summary>The settings of this process.</summary>
    public static GcSettings Read() =>
        Read(Environment.GetEnvironmentVariables(), AppContext.GetData, areNamesCaseSensitive: !OperatingSystem.IsWindows());

    /// <param name="variables">The environment variables.</param>
    /// <param name="property">Returns a property of the runtime's configuration; <see langword="null"/> if it is not set.</param>
    /// <param name="areNamesCaseSensitive">Whether the system distinguishes variables by case.</param>
    public static GcSettings Read(IDictionary variables, Func<string, object?> property, bool areNamesCaseSensitive)
    {
        var (all, unread) = (new List<GcSetting>(), new List<(GcSetting, string)>());
        foreach (var knob in Knobs)
        {
            if (InForce(knob, variables, property) is { } setting)
            {
                all.Add(setting);
            }
            else if (Unread(knob, variables, property, areNamesCaseSensitive) is { } other)
            {
                unread.Add(other);
            }
        }

        return all.Count + unread.Count == 0 ? GcSettings.None : new(all, unread);
    }

    private static GcSetting? InForce(
        (GcKnob Knob, string Variable, string? Property) knob, IDictionary variables, Func<string, object?> property)
    {
        foreach (var prefix in Prefixes)
        {
            // The runtime takes an empty variable as one that is not set.
            if (variables[prefix + knob.Variable] is string { Length: > 0 } typed)
            {
                return new(knob.Knob, GcSettingPlace.Environment, prefix + knob.Variable, typed);
            }
        }

        return knob.Property is { } name && Text(property(name)) is { Length: > 0 } text
            ? new(knob.Knob, GcSettingPlace.RuntimeConfig, name, text)
            : null;
    }

    /// <summary>A variable in another case, or a property with the variable's name.</summary>
    private static (GcSetting Setting, string Name)? Unread(
        (GcKnob Knob, string Variable, string? Property) knob, IDictionary variables, Func<string, object?> property, bool areNamesCaseSensitive)
    {
        foreach (DictionaryEntry variable in variables)
        {
            if (areNamesCaseSensitive && variable is { Key: string name, Value: string { Length: > 0 } typed }
                && Array.Find(Prefixes, p => string.Equals(p + knob.Variable, name, StringComparison.OrdinalIgnoreCase)) is { } prefix)
            {
                return (new(knob.Knob, GcSettingPlace.Environment, name, typed), prefix + knob.Variable);
            }
        }

        // Properties of the file are text. A number was set by code, and the runtime reads it under this name when its limits are refreshed.
        return knob is { Knob: GcKnob.HeapLimit or GcKnob.HeapLimitPercent, Property: { } right } && property(knob.Variable) is string { Length: > 0 } text
            ? (new(knob.Knob, GcSettingPlace.RuntimeConfig, knob.Variable, text), right)
            : null;
    }

    private static string? Text(object? value) => value as string ?? (value as IFormattable)?.ToString(null, null) ?? value?.ToString();
}
