using System.Globalization;
using System.Text;
using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Recall;
using MemoryWatch.Files;
using MemoryWatch.Read;

namespace MemoryWatch.Tool.Inspect;

/// <summary>Whether the run that writes a black box is still alive, found out without touching the file or its lock.</summary>
internal static class Liveness
{
    private const string Locks = "/proc/locks";

    /// <summary>The start of a process is computed from two clocks.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>A run that is alive writes each second.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(2);

    /// <summary>Whether the process of the run is there, or holds the file.</summary>
    public static bool IsKnown(RunRecording recording, string? path, RunIdentity machine) =>
        !HasEnded(recording) && recording.Identity.BootId == machine.BootId && machine.BootId != Guid.Empty
        && (IsProcess(recording.Identity) || (path is not null && IsLocked(path)));

    /// <summary>
    /// Whether the run has just written, but is not visible as a process, as in another container: then a second look shows whether it goes on.
    /// </summary>
    public static bool NeedsSecondLook(RunRecording recording, TimeProvider time) =>
        !HasEnded(recording) && (time.GetUtcNow() - recording.LastTime).Duration() < Fresh;

    public static Task WaitForSecondLook(TimeProvider time, CancellationToken cancellation) => Task.Delay(SecondLook, time, cancellation);

    private static bool HasEnded(RunRecording recording) =>
        recording.EndMarks.Any(mark => mark.Kind is RecordKind.Stopped or RecordKind.Exited or RecordKind.Crashed);

    private static bool IsProcess(RunIdentity run) =>
        ProcessStart.Read(DiskFiles.Instance, run.ProcessId) is { } started && (started - run.ProcessStarted).Duration() < Tolerance;

    /// <summary>Whether a process holds the lock that a run has on its file, according to the kernel's list.</summary>
    private static bool IsLocked(string path)
    {
        try
        {
            if (!OperatingSystem.IsLinux() || !DiskFiles.Instance.TryGetStatus(Encoding.UTF8.GetBytes(path + '\0'), out var status))
            {
                return false;
            }

            var file = string.Create(CultureInfo.InvariantCulture, $"{status.DeviceMajor:x2}:{status.DeviceMinor:x2}:{status.Inode}");
            return Encoding.UTF8.GetString(DiskFiles.Instance.ReadAll(Locks)).Split('\n')
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Any(fields => fields.Contains(file) && fields.Contains("WRITE"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or EntryPointNotFoundException)
        {
            // Not permitted to see, so not known.
            return false;
        }
    }
}
