using System.Globalization;
using MemoryWatch.Benchmarks.Processes;
using MemoryWatch.Benchmarks.Reporting;

namespace MemoryWatch.Benchmarks.Idle;

/// <summary>
/// Measures the extra cost of a watch at 1 Hz in an idle process: the median of the differences between pairs. The two processes of a pair run at
/// the same time, so other load on the machine affects both equally; they leave the machine idle anyway.
/// </summary>
internal static class IdleComparison
{
    private const int Pairs = 10;
    private const double SettleSeconds = 9;
    private const double MeasuredSeconds = 10;
    private const double Megabyte = 1024 * 1024;

    public static void Run(bool smoke, Report report)
    {
        var length = smoke ? new Length(0.2, 0.2) : new Length(SettleSeconds, MeasuredSeconds);
        List<(IdleCost With, IdleCost Without)> bare = [];
        List<(IdleCost With, IdleCost Without)> web = [];
        for (var pair = 0; pair < (smoke ? 1 : Pairs); pair++)
        {
            using var bareWith = Start(IdleChild.Bare, IdleChild.WithWatch, length);
            using var bareWithout = Start(IdleChild.Bare, IdleChild.WithoutWatch, length);
            using var webWith = Start(IdleChild.Web, IdleChild.WithWatch, length);
            using var webWithout = Start(IdleChild.Web, IdleChild.WithoutWatch, length);
            bare.Add((Cost(bareWith, length), Cost(bareWithout, length)));
            web.Add((Cost(webWith, length), Cost(webWithout, length)));
        }

        Add("bare program", 5, bare, report);
        Add("web application", 2, web, report);
    }

    private static void Add(string program, double mostMegabytes, List<(IdleCost With, IdleCost Without)> pairs, Report report)
    {
        var table = new MarkdownTable(
            $"Idle {program}", $"median of {pairs.Count} pairs", "without", "with a watch at 1 Hz", "difference");
        report.Add(table);
        Add("processor time, of one core", "{0:0.0000} %", cost => cost.Core * 100);
        Add("resident memory", "{0:0.00} MB", cost => cost.Memory.ResidentBytes / Megabyte);
        Add("- anonymous: heaps, stacks", "{0:0.00} MB", cost => cost.Memory.AnonymousBytes / Megabyte);
        Add("- shared: compiled code", "{0:0.00} MB", cost => cost.Memory.SharedBytes / Megabyte);
        Add("- of files: assemblies, libraries", "{0:0.00} MB", cost => cost.Memory.FileBackedBytes / Megabyte);
        report.Add(new Budget($"idle watch at 1 Hz in a {program}, of one core", 0.05, Difference(cost => cost.Core * 100), "{0:0.000} %"));
        report.Add(new Budget($"idle watch in a {program}, resident memory", mostMegabytes, Difference(cost => cost.Memory.ResidentBytes / Megabyte), "{0:0.00} MB"));

        void Add(string what, string format, Func<IdleCost, double> number) => table.Add(
            what,
            Text.Of(format, pairs.Select(pair => number(pair.Without)).Median()),
            Text.Of(format, pairs.Select(pair => number(pair.With)).Median()),
            Text.Of(format, Difference(number)));

        double Difference(Func<IdleCost, double> number) => pairs.Select(pair => number(pair.With) - number(pair.Without)).Median();
    }

    private static ChildProgram Start(string program, string watch, Length length) => new(
        IdleChild.Name,
        program,
        watch,
        length.SettleSeconds.ToString(CultureInfo.InvariantCulture),
        length.MeasuredSeconds.ToString(CultureInfo.InvariantCulture));

    private static IdleCost Cost(ChildProgram child, Length length)
    {
        var used = TimeSpan.FromTicks(long.Parse(child.ReadLine(), CultureInfo.InvariantCulture));
        return new(used.TotalSeconds / length.MeasuredSeconds, child.ReadMemory());
    }

    private readonly record struct Length(double SettleSeconds, double MeasuredSeconds);

    /// <param name="Core">Processor time as a part of one core.</param>
    /// <param name="Memory">Memory at the end.</param>
    private readonly record struct IdleCost(double Core, ChildMemory Memory);
}
