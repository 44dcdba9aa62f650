using System.ComponentModel;
using System.Diagnostics;

namespace MemoryWatch.Benchmarks.Processes;

/// <summary>Runs an installed program and waits for its end.</summary>
internal static class Tool
{
    /// <returns>Whether the program exists and ended successfully.</returns>
    public static bool TryRun(string program, IEnumerable<string> arguments, out string output)
    {
        output = string.Empty;
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return errors.Wait(TimeSpan.FromSeconds(10)) && process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // Not installed.
            return false;
        }
    }
}
