using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>How a run ended, as sure as it can be told.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunVerdict>))]
public enum RunVerdict
{
    /// <summary>Not known: what a run has that nobody judged.</summary>
    Unknown,

    /// <summary>The watch was stopped, or the process exited by itself, with whatever exit code.</summary>
    Clean,

    /// <summary>An exception that nobody handled ended it, or the runtime did for want of memory.</summary>
    Crashed,

    /// <summary>
    /// It ended without leaving a mark, and nothing points to a lack of memory: SIGKILL by somebody, <c>FailFast</c>, a stack overflow, a
    /// crash in native code, a host that was restarted.
    /// </summary>
    EndedWithoutMark,

    /// <summary>
    /// Likely killed by the kernel for want of memory: it left no mark, and was last seen in the critical zone or about to cross the
    /// limit, or the kernel has killed something on the same machine within the minute until the next start. Never where the kernel's
    /// counts say that it killed nothing.
    /// </summary>
    LikelyKilled,

    /// <summary>
    /// Killed by the kernel for want of memory: it left no mark, and the kill count of its own memory group has risen since, in the same
    /// boot and the same group.
    /// </summary>
    Killed,
}
