using System.Globalization;
using MemoryWatch.Benchmarks.Processes;
using MemoryWatch.Benchmarks.Reporting;

namespace MemoryWatch.Benchmarks.Web;

/// <summary>
/// Measures the cost of one operation per request in a web application under load, with attribution and without. It alternates them with plain
/// requests, and with requests that do other work of a known cost.
/// </summary>
internal static class WebComparison
{
    private const int Turns = 12;
    private const int Seconds = 2;
    private const int WarmUps = 4;

    private static readonly (string Kind, string Row)[] Kinds =
    [
        (WebChild.Plain, "plain"),
        (WebChild.Yardstick, $"{WebChild.YardstickMicroseconds} us of work more, as a yardstick"),
        (WebChild.Readings, "two quick readings"),
        (WebChild.Unmetered, "a scope, attribution off"),
        (WebChild.Tracked, "a scope, attribution on"),
        (WebChild.Requests, "the package's own operation for each request"),
    ];

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
        var costs = Kinds.ToDictionary(kind => kind.Kind, _ => new List<WebCost>());
        for (var turn = -warmUps; turn < turns; turn++)
        {
            // Each kind starts a turn equally often, in forward and reverse order, because a previous run may leave the machine in a different
            // state.
            for (var i = 0; i < Kinds.Length; i++)
            {
                var kind = Kinds[((turn % 2 == 0 ? i : -i) + turn + Kinds.Length * warmUps) % Kinds.Length].Kind;
                var cost = Measure(kind);
                if (turn >= 0)
                {
                    costs[kind].Add(cost);
                }
            }
        }

        var table = new MarkdownTable(
            $"Web application, {title}", $"median of {Turns} turns", "processor time per request", "more than plain", "requests per second", "p99");
        report.Add(table);
        foreach (var (kind, row) in Kinds)
        {
            table.Add(
                row,
                Text.Of("{0:0.00} us", costs[kind].Select(cost => cost.CpuMicroseconds).Median()),
                kind == WebChild.Plain ? "" : Text.Of("{0:0.00} us", More(kind)),
                Text.Of("{0:0}", costs[kind].Select(cost => cost.Load.PerSecond).Median()),
                Text.Of("{0:0} us", costs[kind].Select(cost => cost.Load.P99Microseconds).Median()));
        }

        report.Add(new Budget($"scope per request, {title}", 4, More(WebChild.Tracked), "{0:0.00} us"));
        report.Add(new Budget($"request tracked by the package, {title}", 2, More(WebChild.Requests), "{0:0.00} us"));

        WebCost Measure(string kind)
        {
            var before = Cpu();
            var load = Wrk.Load($"{address}/{kind}/{endpoint}", seconds);
            return new(load, (Cpu() - before).TotalMicroseconds / load.Requests);
        }

        TimeSpan Cpu() => TimeSpan.FromTicks(long.Parse(child.Ask(WebChild.AskCpu), CultureInfo.InvariantCulture));

        // Compared turn by turn because the machine's speed varies between turns.
        double More(string kind) => costs[kind].Zip(costs[WebChild.Plain], (cost, plain) => cost.CpuMicroseconds - plain.CpuMicroseconds).Median();
    }

    private readonly record struct WebCost(WrkResult Load, double CpuMicroseconds);
}
