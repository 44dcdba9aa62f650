using System.Text.Json.Serialization;

namespace MemoryWatch;

/// <summary>How a run ended, as far as it can be determined.</summary>
/// <example>
/// <code>
/// if (watch.PreviousRun is { Verdict: RunVerdict.Killed or RunVerdict.LikelyKilled } run)
/// {
///     await SendAsync(run.Describe());
/// }
/// </code>
/// </example>
[JsonConverter(typeof(JsonStringEnumConverter<RunVerdict>))]
public enum RunVerdict
{
    /// <summary>Unknown: the default value.</summary>
    Unknown,

    /// <summary>The watch was stopped, or the process itself exited, with any exit code.</summary>
    Clean,

    /// <summary>
    /// An unhandled exception ended the run. Or the run left no mark, neither verdict of a kill applies, and an
    /// <see cref="OutOfMemoryException"/> was thrown at most about 1 s before the last record.
    /// </summary>
    Crashed,

    /// <summary>
    /// The run left no mark, and there is too little evidence that the kernel OOM-killed it. Possible reasons are a SIGKILL by a host agent, the
    /// platform, systemd-oomd, earlyoom or a debugger, <c>FailFast</c>, a stack overflow, a crash in native code, and a restart of the host.
    /// </summary>
    EndedWithoutMark,

    /// <summary>
    /// The kernel likely OOM-killed the run. The run left no mark. It was last seen in the critical zone or worse, or about to cross the limit
    /// within 2 s; or the kernel OOM-killed a process on the same machine, the next start came within one minute of the last record, and the
    /// limit was within reach; or it OOM-killed a process in the run's cgroup, but the run was not alone there and far from its limit. This
    /// verdict is never given if the kernel's counts or its log show that it did not kill the run.
    /// </summary>
    LikelyKilled,

    /// <summary>
    /// The kernel OOM-killed the run. The run left no mark, and the kernel's log names its process; or the OOM-kill count of its own cgroup has
    /// risen since, in the same boot and the same cgroup, and it was alone there, as far as is known, or near its limit.
    /// </summary>
    Killed,

    /// <summary>
    /// MemoryWatch restarted the run on purpose, because memory ran out and relief did not help; see <see cref="PreviousRun.Restart"/>.
    /// </summary>
    Restarted,
}
