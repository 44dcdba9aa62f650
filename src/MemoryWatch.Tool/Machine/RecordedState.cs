using System.Text.Json.Serialization;

namespace MemoryWatch.Tool.Machine;

/// <summary>What was at a path.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RecordedState>))]
internal enum RecordedState
{
    /// <summary>A file that was read.</summary>
    Read,

    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>Unknown, because a folder above it may not be entered.</summary>
    Hidden,

    /// <summary>A file that may not be read.</summary>
    NotPermitted,

    /// <summary>A file that could not be read for another reason.</summary>
    Failed,

    /// <summary>A folder.</summary>
    Folder,
}
