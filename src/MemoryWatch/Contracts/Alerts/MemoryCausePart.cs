using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>A part of the memory whose growth a <see cref="MemoryCause"/> explains.</summary>
/// <example>
/// <code>
/// // Native growth, such as that of an image library, is not on the heap: no heap dump shows it.
/// if (alert.Cause is { MainPart: MemoryCausePart.Native } cause)
/// {
///     await SendAsync($"Native memory grew by {cause.NativeChangeBytes >> 20} MB");
/// }
/// </code>
/// </example>
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
