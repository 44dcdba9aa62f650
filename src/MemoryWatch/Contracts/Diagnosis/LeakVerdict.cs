using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>Whether memory leaks. The verdicts are ordered: a later one is worse.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LeakVerdict>))]
public enum LeakVerdict
{
    /// <summary>Nothing is known: this memory could not be read.</summary>
    Unknown,

    /// <summary>The program has not run long enough, or has had too few garbage collections, for a verdict.</summary>
    WarmingUp,

    /// <summary>Memory does not grow, or grows no more than its noise.</summary>
    NotLeaking,

    /// <summary>Memory rose to a new level and stayed there, as after a cache was filled.</summary>
    LevelShift,

    /// <summary>Memory grows steadily. It is not confirmed yet that it will not level off.</summary>
    Suspected,

    /// <summary>Memory has grown steadily for long enough, and no condition explains it otherwise.</summary>
    Leaking,
}
