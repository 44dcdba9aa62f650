using System.CommandLine;

namespace MemoryWatch.Tool.Commands;

/// <summary>What several commands have in common.</summary>
internal static class CommandParts
{
    public static Option<bool> Json() => new("--json") { Description = "Write JSON, and nothing else, to standard output." };

    /// <summary>
    /// Runs <paramref name="run"/> apart from the thread that listens to Ctrl+C, so that it can be canceled wherever it is.
    /// </summary>
    public static Command Runs(this Command command, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        command.SetAction((parsed, cancellation) => Task.Run(() => run(parsed, cancellation), CancellationToken.None));
        return command;
    }
}
