using System.Globalization;
using System.Reflection;
using MemoryWatch.Benchmarks.Processes;
using MemoryWatch.Benchmarks.Reporting;

namespace MemoryWatch.Benchmarks.Logs;

/// <summary><c>memorywatch analyze</c> beside <c>grep -c</c> of the same file, each in a separate process, in turns.</summary>
internal static class LogComparison
{
    private const long Bytes = 1L << 30;
    private const long SmokeBytes = 8 << 20;
    private const int Turns = 3;
    private const double Megabyte = 1e6;

    public static void Run(bool smoke, Report report)
    {
        var folder = Directory.CreateTempSubdirectory("memorywatch-");
        try
        {
            var size = smoke ? SmokeBytes : Bytes;
            var path = Path.Combine(folder.FullName, "bot.log");
            var table = new MarkdownTable(
                "Reading a log", "log", "`analyze`, MB/s of processor time", "`analyze`, MB/s", "`analyze`, peak memory", "`grep -c MEMORY`, MB/s of processor time");
            Add("one line of ten is MemoryWatch's", () => LogFile.WriteText(path, size, others: 9));
            Add("all lines are", () => LogFile.WriteText(path, size, others: 0));
            Add("all lines are, in JSON", () => LogFile.WriteJson(path, size));
            report.Add(table);

            void Add(string what, Action write)
            {
                write();
                var bytes = new FileInfo(path).Length;
                var (analyze, grep) = (new List<Cost>(), new List<Cost>());
                for (var turn = 0; turn < (smoke ? 1 : Turns); turn++)
                {
                    grep.Add(Measure(folder.FullName, "grep", "-c", "MEMORY", path));
                    analyze.Add(Measure(folder.FullName, "dotnet", Command, "analyze", path));
                }

                var processor = bytes / Megabyte / analyze.Min(cost => cost.ProcessorSeconds);
                table.Add(
                    what, Number(processor), Number(bytes / Megabyte / analyze.Min(cost => cost.Seconds)), $"{Number(analyze.Max(cost => cost.PeakKilobytes) / 1024)} MB",
                    Number(bytes / Megabyte / grep.Min(cost => cost.ProcessorSeconds)));
                if (!smoke)
                    report.Add(new Budget($"seconds to read 1,000 MB, {what}", 10, 1000 / processor, "{0:0.0} s"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Command =>
        typeof(LogComparison).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == nameof(Command)).Value!;

    private static Cost Measure(string folder, params string[] command)
    {
        var times = Path.Combine(folder, "times");
        if (!Tool.TryRun("/usr/bin/time", ["-o", times, "-f", "%U %S %e %M", .. command], out _))
            throw new InvalidOperationException($"{command[0]} or Debian's time failed");

        var numbers = File.ReadAllText(times).Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return new(Math.Max(0.01, numbers[0] + numbers[1]), Math.Max(0.01, numbers[2]), numbers[3]);
    }

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private readonly record struct Cost(double ProcessorSeconds, double Seconds, double PeakKilobytes);
}
