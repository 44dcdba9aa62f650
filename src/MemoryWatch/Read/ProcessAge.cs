using System.Diagnostics;

namespace MemoryWatch.Read;

/// <summary>How long this process has been running.</summary>
internal static class ProcessAge
{
    /// <returns>
    /// <see langword="null"/> if the system does not report the start of the process, or if the clock was set to an earlier time since.
    /// </returns>
    public static TimeSpan? Read(TimeProvider time)
    {
        try
        {
            using var process = Process.GetCurrentProcess();
            var age = time.GetUtcNow() - process.StartTime;
            return age < TimeSpan.Zero ? null : age;
        }
        catch (Exception)
        {
            // The system does not report it; then nothing is said of the start.
            return null;
        }
    }
}
