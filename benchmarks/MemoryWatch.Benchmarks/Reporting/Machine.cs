using System.Runtime.InteropServices;

namespace MemoryWatch.Benchmarks.Reporting;

/// <summary>Describes the machine that figures were taken on, without identifying it.</summary>
internal static class Machine
{
    /// <summary>Returns the load average of the last minute and of the last five minutes.</summary>
    public static string Load() =>
        File.Exists("/proc/loadavg") ? string.Join(" and ", File.ReadAllText("/proc/loadavg").Split(' ')[..2]) : "n/a";

    public static string Describe() => string.Join(
        ", ",
        $"{Environment.ProcessorCount} cores",
        Text.Of("{0:0.0} GB", GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9),
        $"Linux {Environment.OSVersion.Version}",
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.ProcessArchitecture.ToString());
}
