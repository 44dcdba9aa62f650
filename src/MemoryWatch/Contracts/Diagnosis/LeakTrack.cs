using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>The memory that a leak verdict is about.</summary>
/// <example>
/// <code>
/// // A managed leak shows in a heap dump, a native one does not.
/// var dumpHelps = watch.Diagnose().Leaks.Any(leak => leak is { Track: LeakTrack.Managed, Verdict: LeakVerdict.Leaking });
/// </code>
/// </example>
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
