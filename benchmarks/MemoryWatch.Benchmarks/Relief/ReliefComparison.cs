using System.Globalization;
using MemoryWatch.Benchmarks.Processes;
using MemoryWatch.Benchmarks.Reporting;

namespace MemoryWatch.Benchmarks.Relief;

/// <summary>What each built-in relief step frees, and how long it takes: each case in separate processes, the median of its runs.</summary>
internal static class ReliefComparison
{
    private const int Runs = 7;
    private const double Megabyte = 1 << 20;

    private static readonly (string Title, string Fill, int Used)[] Cases =
    [
        ("memory cache, 1,000 entries of 100 KB; high", ReliefChild.Cache, 430),
        ("memory cache, 1,000 entries of 100 KB; critical", ReliefChild.Cache, 470),
        ("memory cache, 1,000 entries of 100 KB; imminent", ReliefChild.Cache, 508),
        ("native heap, 128 MB freed in blocks of 1 KB", ReliefChild.NativeHeap, 430),
        ("150 MB of garbage between 50 MB of live objects; high", ReliefChild.Garbage, 430),
        ("150 MB of garbage between 50 MB of live objects; critical", ReliefChild.Garbage, 470),
    ];

    public static void Run(bool smoke, Report report)
    {
        var table = new MarkdownTable("Relief", "memory; zone: step", "resident freed", "heap freed", "committed freed", "duration")
        {
            Note = $"Medians of {Runs} runs, each in a separate process. Committed memory is as of the GCs before and after the step.",
        };
        foreach (var (title, fill, used) in Cases)
        {
            var outcomes = Enumerable.Range(0, smoke ? 1 : Runs).SelectMany(_ => Read(fill, used)).ToArray();
            foreach (var step in outcomes.GroupBy(outcome => outcome.Name))
            {
                table.Add(
                    $"{title}: {step.Key}", Bytes(step.Select(one => one.Resident)), Bytes(step.Select(one => one.Heap)),
                    Bytes(step.Select(one => one.Committed)), Text.Of("{0:0.0} ms", step.Select(one => one.Milliseconds).Median()));
            }
        }

        report.Add(table);
    }

    private static List<(string Name, double Resident, double Heap, double Committed, double Milliseconds)> Read(string fill, int used)
    {
        using var child = new ChildProgram(ReliefChild.Name, fill, used.ToString(CultureInfo.InvariantCulture));
        var outcomes = new List<(string, double, double, double, double)>();
        while (child.TryReadLine() is { } line)
        {
            var cells = line.Split('|');
            outcomes.Add((cells[0], Number(cells[1]), Number(cells[2]), Number(cells[3]), Number(cells[4])));
        }

        return outcomes;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Bytes(IEnumerable<double> values) => Text.Of("{0:0.0} MB", values.Median() / Megabyte);
}
