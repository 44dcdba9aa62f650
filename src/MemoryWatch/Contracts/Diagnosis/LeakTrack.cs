using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>The memory that a leak verdict is about.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LeakTrack>))]
public enum LeakTrack
{
    /// <summary>Live objects of the managed heap after gen-2 garbage collections.</summary>
    Managed,

    /// <summary>Anonymous memory of this process outside of the GC.</summary>
    Native,

    /// <summary>Resident memory, for recorded series that have no finer numbers.</summary>
    Resident,
}
