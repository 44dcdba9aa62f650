using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>A part of the memory whose growth a <see cref="MemoryCause"/> explains.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MemoryCausePart>))]
public enum MemoryCausePart
{
    /// <summary>No part is known to have grown.</summary>
    Unknown,

    /// <summary>The GC's memory.</summary>
    Managed,

    /// <summary>Anonymous memory of this process outside of the GC.</summary>
    Native,

    /// <summary>Shared memory of this process.</summary>
    Shared,

    /// <summary>Files that this process has mapped.</summary>
    FileBacked,

    /// <summary>
    /// Memory outside of this process: child processes, files in tmpfs, kernel memory; without a container limit, the rest of the machine.
    /// </summary>
    Outside,
}
