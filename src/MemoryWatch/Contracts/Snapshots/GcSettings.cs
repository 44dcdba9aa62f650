namespace MemoryWatch;

/// <summary>A part of the GC's configuration that MemoryWatch judges.</summary>
internal enum GcKnob
{
    /// <summary>The heap limit in bytes.</summary>
    HeapLimit,

    /// <summary>The heap limit as a percentage of the memory that the runtime sees.</summary>
    HeapLimitPercent,

    /// <summary>The limit of one of the heaps (small, large or pinned objects).</summary>
    HeapLimitOfPart,

    /// <summary>Whether server GC is requested.</summary>
    Server,

    /// <summary>The number of heaps of server GC.</summary>
    HeapCount,

    /// <summary>How much the GC compacts to save memory, 0 to 9.</summary>
    ConserveMemory,

    /// <summary>How much is allocated between two generation 0 GCs, in bytes.</summary>
    Gen0Size,
}

/// <summary>Where a setting of the GC was made. In environment variables numbers are hexadecimal, in the file decimal.</summary>
internal enum GcSettingPlace
{
    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>A property of <c>runtimeconfig.json</c>.</summary>
    RuntimeConfig,
}

/// <summary>A setting of the GC that the user made.</summary>
/// <param name="Knob">What it sets.</param>
/// <param name="Place">Where it was made.</param>
/// <param name="Name">Name of the variable or property.</param>
/// <param name="Typed">The value as it was typed.</param>
internal readonly record struct GcSetting(GcKnob Knob, GcSettingPlace Place, string Name, string Typed);

/// <summary>What the user set for the GC, as opposed to what the runtime derived.</summary>
/// <param name="All">The settings that the runtime reads, at most one for each knob; those that another one overrides are left out.</param>
/// <param name="Unread">Settings that the runtime does not read because of their name, with the name that it reads.</param>
internal sealed record GcSettings(IReadOnlyList<GcSetting> All, IReadOnlyList<(GcSetting Setting, string Name)> Unread)
{
    /// <summary>Nothing is set.</summary>
    public static GcSettings None { get; } = new([], []);

    /// <summary>The setting of a knob; <see langword="null"/> if the user did not set it.</summary>
    public GcSetting? this[GcKnob knob]
    {
        get
        {
            foreach (var setting in All)
            {
                if (setting.Knob == knob)
                {
                    return setting;
                }
            }

            return null;
        }
    }
}
