using System.Globalization;
using MemoryWatch.Benchmarks.Processes;
using MemoryWatch.Benchmarks.Reporting;

namespace MemoryWatch.Benchmarks.Web;

/// <summary>What a scope per request costs a web application under load, with attribution and without: in turns with plain requests.</summary>
internal static class WebComparison
{
    private const int Turns = 10;
    private const int Seconds = 3;
    private const int WarmUps = 3;

    public static void Run(bool smoke, Report report)
    {
        if (!Wrk.IsAvailable)
        {
            report.LeaveOut("web application", "there is no load generator (wrk)");
            return;
        }

        var rounds = BusyWork.RoundsPerMillisecond();
        Compare(WebChild.Trivial, "trivial endpoint", rounds, smoke, report);
        Compare(WebChild.Work, "endpoint of about 1 ms", rounds, smoke, report);
    }

    private static void Compare(string endpoint, string title, int rounds, bool smoke, Report report)
    {
        using var child = new ChildProgram(WebChild.Name, rounds.ToString(CultureInfo.InvariantCulture));
        var address = child.ReadLine();
        var (turns, seconds, warmUps) = smoke ? (1, 1, 0) : (Turns, Seconds, WarmUps);
        var plain = new List<WebCost>();
        var unmetered = new List<WebCost>();
        var tracked = new List<WebCost>();
        for (var turn = -warmUps; turn < turns; turn++)
        {
            var (one, other, third) = (Measure(WebChild.Plain), Measure(WebChild.Unmetered), Measure(WebChild.Tracked));
            if (turn >= 0)
            {
                plain.Add(one);
                unmetered.Add(other);
                tracked.Add(third);
            }
        }

        var table = new MarkdownTable(
            $"Web application, {title}", $"median of {Turns} turns", "plain", "a scope per request, attribution off", "difference",
            "a scope per request, attribution on", "difference", "ratio");
        report.Add(table);
        Add("processor time per request", "{0:0.00} us", cost => cost.CpuMicroseconds);
        Add("requests per second", "{0:0}", cost => cost.Load.PerSecond);
        Add("p99", "{0:0} us", cost => cost.Load.P99Microseconds);
        report.Add(new Budget($"scope per request, {title}", 5, Difference(tracked, cost => cost.CpuMicroseconds), "{0:0.00} us"));

        WebCost Measure(string kind)
        {
            var before = Cpu();
            var load = Wrk.Load($"{address}/{kind}/{endpoint}", seconds);
            return new(load, (Cpu() - before).TotalMicroseconds / load.Requests);
        }

        TimeSpan Cpu() => TimeSpan.FromTicks(long.Parse(child.Ask(WebChild.AskCpu), CultureInfo.InvariantCulture));

        void Add(string what, string format, Func<WebCost, double> number) => table.Add(
            what,
            Text.Of(format, plain.Select(number).Median()),
            Text.Of(format, unmetered.Select(number).Median()),
            Text.Of(format, Difference(unmetered, number)),
            Text.Of(format, tracked.Select(number).Median()),
            Text.Of(format, Difference(tracked, number)),
            Text.Of("{0:0.000}", tracked.Zip(plain, (a, b) => number(a) / number(b)).Median()));

        double Difference(List<WebCost> costs, Func<WebCost, double> number) => costs.Zip(plain, (a, b) => number(a) - number(b)).Median();
    }

    private readonly record struct WebCost(WrkResult Load, double CpuMicroseconds);
}
