using System.Runtime.InteropServices;

namespace MemoryWatch.Benchmarks.Reporting;

/// <summary>The kind of machine that figures were taken on, without saying which.</summary>
internal static class Machine
{
    public static string Describe() => string.Join(
        ", ",
        $"{Environment.ProcessorCount} cores",
        Text.Of("{0:0.0} GB", GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9),
        $"Linux {Environment.OSVersion.Version}",
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.ProcessArchitecture.ToString(),
        $"load before {Load}");

    // Read when the program starts: later it is the benchmarks' own.
    private static string Load { get; } = File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..2]) : "n/a";
}
