using System.Globalization;
using MemoryWatch.Benchmarks.Processes;
using MemoryWatch.Benchmarks.Reporting;
using MemoryWatch.Benchmarks.Rows;

namespace MemoryWatch.Benchmarks.Psutil;

/// <summary>The time of psutil from Debian's python3-psutil, measured by Python in a separate process.</summary>
internal static class PsutilRow
{
    // Debian's Python comes before any other in the path because Debian's packages are for it.
    private static readonly string[] Pythons = ["/usr/bin/python3", "python3"];

    public static void AddTo(RowGroup rows, string name, string function, bool smoke, Report report)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Psutil", "psutil_rows.py");
        string[] arguments = smoke ? [script, function, "1"] : [script, function];
        foreach (var python in Pythons)
        {
            if (Tool.TryRun(python, arguments, out var output))
            {
                var times = output.Split(' ').Select(time => double.Parse(time, CultureInfo.InvariantCulture)).ToArray();
                rows.Add(new(function, name, times[0], times[1], null));
                return;
            }
        }

        report.LeaveOut(name, "there is no Python with psutil (python3-psutil)");
    }
}
