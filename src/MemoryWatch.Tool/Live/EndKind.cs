using System.Text.Json.Serialization;

namespace MemoryWatch.Tool.Live;

/// <summary>How a process ended, as far as that can be seen from outside.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EndKind>))]
internal enum EndKind
{
    /// <summary>The kernel's OOM killer ended it.</summary>
    OomKilled,

    /// <summary>The kernel's OOM killer probably ended it.</summary>
    LikelyOomKilled,

    /// <summary>It ended, and the kernel's OOM killer did not end it.</summary>
    NotOomKilled,

    /// <summary>It ended; what ended it cannot be seen.</summary>
    Unknown,
}
