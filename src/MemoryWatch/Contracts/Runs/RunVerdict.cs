using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>How a run ended, as far as it can be determined.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunVerdict>))]
public enum RunVerdict
{
    /// <summary>Unknown: the default value.</summary>
    Unknown,

    /// <summary>The watch was stopped, or the process itself exited, with any exit code.</summary>
    Clean,

    /// <summary>
    /// An unhandled exception ended the run. Or the run left no mark, neither verdict of a kill applies, and an
    /// <see cref="OutOfMemoryException"/> was thrown within the last 10 s before the last record.
    /// </summary>
    Crashed,

    /// <summary>
    /// The run left no mark, and there is too little evidence that a lack of memory ended it. Possible reasons are a SIGKILL, <c>FailFast</c>,
    /// a stack overflow, a crash in native code, and a restart of the host.
    /// </summary>
    EndedWithoutMark,

    /// <summary>
    /// The kernel likely OOM-killed the run. The run left no mark. It was last seen in the critical zone or worse, or about to cross the limit
    /// within 2 s, or the kernel OOM-killed a process on the same machine and the next start came within one minute of the last record. This
    /// verdict is never given if the kernel's counts show that it killed nothing.
    /// </summary>
    LikelyKilled,

    /// <summary>
    /// The kernel OOM-killed the run. The run left no mark, and the OOM-kill count of its own cgroup has risen since, in the same boot and the
    /// same cgroup.
    /// </summary>
    Killed,
}
