using System.Globalization;
using MemoryWatch.Benchmarks.Processes;
using MemoryWatch.Benchmarks.Reporting;

namespace MemoryWatch.Benchmarks.Idle;

/// <summary>What an idle process costs more with a watch at 1 Hz: pairs of processes, the median of the differences.</summary>
internal static class IdleComparison
{
    private const int Pairs = 10;
    private const double SettleSeconds = 4;
    private const double MeasuredSeconds = 10;
    private const double Megabyte = 1024 * 1024;

    public static void Run(bool smoke, Report report)
    {
        var (settle, measured) = smoke ? (0.2, 0.2) : (SettleSeconds, MeasuredSeconds);
        var with = new List<IdleCost>();
        var without = new List<IdleCost>();
        for (var pair = 0; pair < (smoke ? 1 : Pairs); pair++)
        {
            // In turns, so that neither is always the one that comes first.
            var watchedFirst = pair % 2 == 1;
            (watchedFirst ? with : without).Add(Measure(watchedFirst, settle, measured));
            (watchedFirst ? without : with).Add(Measure(!watchedFirst, settle, measured));
        }

        var table = new MarkdownTable("Idle process", $"median of {Pairs} pairs", "without", "with a watch at 1 Hz", "difference");
        report.Add(table);
        Add("processor time, of one core", "{0:0.0000} %", cost => cost.Core * 100);
        Add("resident memory", "{0:0.00} MB", cost => cost.ResidentBytes / Megabyte);
        Add("of it anonymous (heaps, stacks, compiled code)", "{0:0.00} MB", cost => cost.AnonymousBytes / Megabyte);
        report.Add(new Budget("idle watch at 1 Hz, of one core", 0.05, Difference(cost => cost.Core * 100), "{0:0.000} %"));
        report.Add(new Budget("idle watch at 1 Hz, resident memory", 2, Difference(cost => cost.ResidentBytes / Megabyte), "{0:0.00} MB"));

        void Add(string what, string format, Func<IdleCost, double> number) => table.Add(
            what,
            Text.Of(format, without.Select(number).Median()),
            Text.Of(format, with.Select(number).Median()),
            Text.Of(format, Difference(number)));

        double Difference(Func<IdleCost, double> number) => with.Zip(without, (a, b) => number(a) - number(b)).Median();
    }

    private static IdleCost Measure(bool isWatched, double settle, double measured)
    {
        using var child = new ChildProgram(
            IdleChild.Name,
            isWatched ? IdleChild.WithWatch : IdleChild.WithoutWatch,
            settle.ToString(CultureInfo.InvariantCulture),
            measured.ToString(CultureInfo.InvariantCulture));
        var used = TimeSpan.FromTicks(long.Parse(child.ReadLine(), CultureInfo.InvariantCulture));
        var memory = child.ReadMemory();
        return new(used.TotalSeconds / measured, memory.ResidentBytes, memory.AnonymousBytes);
    }

    /// <param name="Core">Processor time as a part of one core's.</param>
    /// <param name="ResidentBytes">Resident memory at the end.</param>
    /// <param name="AnonymousBytes">Of it what belongs to no file.</param>
    private readonly record struct IdleCost(double Core, long ResidentBytes, long AnonymousBytes);
}
