using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>Why nothing, or less, is known of a watched folder.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FolderProblem>))]
public enum FolderProblem
{
    /// <summary>The folder is there, and where it is stored is known.</summary>
    None,

    /// <summary>The folder does not exist. What is known is of the nearest folder above it that does, in which it would be created.</summary>
    Missing,

    /// <summary>A folder on the way to it may not be entered by this process.</summary>
    NotPermitted,

    /// <summary>Its symbolic links lead in a circle.</summary>
    LinkLoop,

    /// <summary>The path, or a part of it, is not a folder.</summary>
    NotAFolder,

    /// <summary>The path is not valid, or the system does not report where it is stored.</summary>
    Unreadable,
}
