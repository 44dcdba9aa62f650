using System.Diagnostics;
using System.Globalization;
using MemoryWatch.Files;

namespace MemoryWatch.Read;

/// <summary>When a process started.</summary>
internal static class ProcessStart
{
    // Position in stat, counted from the state. The unit is the same on all platforms that .NET runs on.
    private const int StartField = 19;
    private const int TicksPerSecond = 100;
    private const long NanosecondsPerTick = 1_000_000_000 / TicksPerSecond;

    /// <param name="files">Reads what the kernel says.</param>
    /// <param name="processId">The process; this one by default.</param>
    /// <returns><see langword="null"/> if there is no such process, or the system does not report it.</returns>
    public static DateTimeOffset? Read(IFiles files, int? processId = null)
    {
        try
        {
            return OperatingSystem.IsLinux() ? FromKernel(files, processId) : FromRuntime(processId);
        }
        catch (Exception)
        {
            // Not readable or not supported: unknown.
            return null;
        }
    }

    /// <summary>How long this process has been running.</summary>
    /// <returns><see langword="null"/> if the start is unknown, or if the clock was set to an earlier time since.</returns>
    public static TimeSpan? Age(IFiles files, TimeProvider time) =>
        Read(files) is { } start && time.GetUtcNow() - start is var age && age >= TimeSpan.Zero ? age : null;

    // The class Process would load three assemblies for this one number, and a small program has no other use for them.
    private static DateTimeOffset? FromKernel(IFiles files, int? processId) =>
        KernelText.Field(KernelText.AfterName(files.ReadAll(StatFile(processId))), StartField) is { } ticks && Libc.ReadBootTime() is { } now
            ? TimeProvider.System.GetUtcNow() - TimeSpan.FromMicroseconds((now - (ticks * NanosecondsPerTick)) / 1000)
            : null;

    private static string StatFile(int? processId) =>
        processId is { } id ? string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat") : "/proc/self/stat";

    private static DateTimeOffset FromRuntime(int? processId)
    {
        using var process = processId is { } id ? Process.GetProcessById(id) : Process.GetCurrentProcess();
        return process.StartTime;
    }
}
