using System.Runtime.CompilerServices;
using MemoryWatch.Benchmarks.BlackBox;
using MemoryWatch.Benchmarks.Idle;
using MemoryWatch.Benchmarks.Processes;
using MemoryWatch.Benchmarks.Relief;
using MemoryWatch.Benchmarks.Reporting;
using MemoryWatch.Benchmarks.Rows;
using MemoryWatch.Benchmarks.Web;

namespace MemoryWatch.Benchmarks;

internal static class Program
{
    private static readonly Dictionary<string, Action<bool, Report>> Parts = new()
    {
        ["quick"] = RowParts.Quick,
        ["snapshot"] = RowParts.Snapshot,
        ["scope"] = RowParts.Scope,
        ["hop"] = RowParts.Hop,
        ["in-flight"] = RowParts.InFlight,
        ["blame"] = RowParts.Blame,
        ["leak"] = RowParts.Leak,
        ["answer"] = RowParts.Answer,
        ["record"] = RowParts.Record,
        ["near-limit"] = NearLimitComparison.Run,
        ["idle"] = IdleComparison.Run,
        ["web"] = WebComparison.Run,
        ["relief"] = ReliefComparison.Run,
    };

    // A child loads no code of the measuring side.
    private static int Main(string[] args) => args is [ChildProgram.Verb, .. var rest] ? RunChild(rest) : Measure(args);

    private static int RunChild(string[] args)
    {
        switch (args)
        {
            case [IdleChild.Name, .. var rest]:
                IdleChild.Run(rest);
                return 0;
            case [NearLimitChild.Name, .. var rest]:
                NearLimitChild.Run(rest);
                return 0;
            case [ReliefChild.Name, .. var rest]:
                ReliefChild.Run(rest);
                return 0;
            case [WebChild.Name, .. var rest]:
                WebChild.Run(rest);
                return 0;
            default:
                return 2;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Measure(string[] args)
    {
        const string Smoke = "--smoke";
        var wanted = args.Where(arg => arg != Smoke).ToArray();
        if (wanted.Any(part => !Parts.ContainsKey(part)))
        {
            Console.Error.WriteLine($"usage: [{Smoke}] [{string.Join("] [", Parts.Keys)}]; all parts where none is named");
            return 2;
        }

        var smoke = args.Contains(Smoke);
        var report = new Report();
        foreach (var (name, run) in Parts.Where(part => wanted.Length == 0 || wanted.Contains(part.Key)))
        {
            try
            {
                run(smoke, report);
            }
            catch (Exception error)
            {
                // The parts take minutes; one that fails must not cost what the others have measured.
                report.Fail($"{name}: {error.Message}");
                continue;
            }

            if (smoke)
            {
                Console.WriteLine($"{name}: ran");
            }
        }

        report.Print(Console.Out, withFigures: !smoke);
        return report.HasFailed ? 1 : 0;
    }
}
