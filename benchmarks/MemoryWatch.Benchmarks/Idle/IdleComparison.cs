using MemoryWatch.Benchmarks.Reporting;

namespace MemoryWatch.Benchmarks.Idle;

/// <summary>
/// Measures the extra cost of a watch at 1 Hz in an idle process: the median of the differences between pairs. The two processes of a pair run at
/// the same time, so other load on the machine affects both equally; they leave the machine idle anyway, so two pairs of each kind run at once.
/// </summary>
internal static class IdleComparison
{
    private const int Pairs = 10;
    private const int PairsAtOnce = 2;

    // Code that first runs after 45 s has run by then: compiling it takes more processor time than ten ticks.
    private const double SettleSeconds = 50;
    private const double MeasuredSeconds = 10;
    private const double Megabyte = 1024 * 1024;

    public static void Run(bool smoke, Report report)
    {
        var length = smoke ? new IdleLength(0.2, 0.2) : new IdleLength(SettleSeconds, MeasuredSeconds);
        List<(IdleCost With, IdleCost Without)> bare = [];
        List<(IdleCost With, IdleCost Without)> web = [];
        for (var pair = 0; pair < (smoke ? 1 : Pairs); pair += PairsAtOnce)
        {
            var started = smoke ? 1 : PairsAtOnce;
            var barePairs = Enumerable.Range(0, started).Select(_ => new IdlePair(IdleChild.Bare, length)).ToArray();
            var webPairs = Enumerable.Range(0, started).Select(_ => new IdlePair(IdleChild.Web, length)).ToArray();
            bare.AddRange(barePairs.Select(static running => running.ReadAndStop()));
            web.AddRange(webPairs.Select(static running => running.ReadAndStop()));
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
}
