using System.CommandLine;
using MemoryWatch.Tool.Judge;

namespace MemoryWatch.Tool.Commands;

/// <summary><c>memorywatch judge</c>: the leak verdict over recorded series.</summary>
internal static class JudgeCommand
{
    private const string Details =
        """
        A series is a CSV file with the column t_seconds, at least one of rss_mb, heap_live_mb and native_mb (in units of 1024 x 1024 bytes), and any metrics.

        Examples:
          memorywatch judge night.csv
          memorywatch judge runs/*.csv --limit 512MB
          memorywatch judge - --json < night.csv
        """;

    public static Command Create(Shell shell)
    {
        var traces = new Argument<string[]>("trace") { Description = "A recorded series, or - for standard input.", Arity = ArgumentArity.OneOrMore }.WithoutOptions();
        var limit = CommandParts.Limit();
        var json = CommandParts.Json();
        return new Command("judge", "The leak verdict over recorded series, as the running watch would have reached it.") { traces, limit, json }.WithDetails(Details).Runs((parsed, cancellation) =>
            Task.FromResult(Run(shell, parsed.GetRequiredValue(traces), CommandParts.LimitOf(parsed.GetValue(limit)), parsed.GetValue(json), cancellation)));
    }

    private static int Run(Shell shell, string[] traces, long? limit, bool asJson, CancellationToken cancellation)
    {
        JudgedTrace[] judged = [.. traces.Select(trace => TraceFile.Judge(shell, trace, limit, cancellation))];
        if (asJson)
        {
            shell.WriteJson(JudgeJson.Of(judged), ToolJson.Default.JudgeJson);
        }
        else
        {
            JudgeText.Write(shell, judged);
        }

        foreach (var trace in judged.Where(trace => trace.Problem is not null))
        {
            shell.WriteError(trace.Problem!);
        }

        return judged.Any(trace => trace.Problem is not null) ? ExitCode.Unreadable
            : judged.Any(trace => trace.IsFinding) ? ExitCode.Findings
            : ExitCode.NothingFound;
    }
}
