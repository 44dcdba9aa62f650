using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>Why a snapshot was taken.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SnapshotTrigger>))]
public enum SnapshotTrigger
{
    /// <summary>The watch's own regular reading; judged but not printed.</summary>
    Tick,

    /// <summary>The application asked for it.</summary>
    Explicit,

    /// <summary>The periodic check.</summary>
    Periodic,
}
