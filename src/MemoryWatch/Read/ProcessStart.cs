using System.Diagnostics;
using MemoryWatch.Files;

namespace MemoryWatch.Read;

/// <summary>When this process started.</summary>
internal static class ProcessStart
{
    private const string StatFile = "/proc/self/stat";

    // Position in stat, counted from the state. The unit is the same on all platforms that .NET runs on.
    private const int StartField = 19;
    private const int TicksPerSecond = 100;
    private const long NanosecondsPerTick = 1_000_000_000 / TicksPerSecond;

    /// <returns><see langword="null"/> if the system does not report it.</returns>
    public static DateTimeOffset? Read(IFiles files)
    {
        try
        {
            return OperatingSystem.IsLinux() ? FromKernel(files) : FromRuntime();
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
    private static DateTimeOffset? FromKernel(IFiles files) =>
        KernelText.Field(KernelText.AfterName(files.ReadAll(StatFile)), StartField) is { } ticks && Libc.ReadBootTime() is { } now
            ? TimeProvider.System.GetUtcNow() - TimeSpan.FromMicroseconds((now - (ticks * NanosecondsPerTick)) / 1000)
            : null;

    private static DateTimeOffset FromRuntime()
    {
        using var process = Process.GetCurrentProcess();
        return process.StartTime;
    }
}
