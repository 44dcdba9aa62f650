using System.CommandLine;
using System.CommandLine.Invocation;
using MemoryWatch.Tool.Commands;

namespace MemoryWatch.Tool;

/// <summary>
/// All commands, and the one place where what may go wrong becomes a line on standard error and an exit code.
/// </summary>
internal static class CommandLine
{
    private const string Details =
        """
        Exit codes:
          0  everything was read, and nothing was found
          1  everything was read, and something was found: a kill, a leak, a finding
          2  something could not be read, or the command was used wrongly
        """;

    private const int NoSpaceToWriteTo = unchecked((int)0x80070070);

    /// <summary>Runs what <paramref name="args"/> name.</summary>
    public static async Task<int> RunAsync(string[] args, Shell shell, CancellationToken cancellation = default)
    {
        var parsed = Root(shell).Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            return Fail(shell, string.Join(" ", parsed.Errors.SelectMany(e => e.Message.Split((char[])['\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries))) + " See 'memorywatch --help'.");
        }

        try
        {
            var code = await parsed.InvokeAsync(shell.Invocation(), cancellation).ConfigureAwait(false);
            await shell.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return code;
        }
        catch (UnreadableException e)
        {
            return Fail(shell, e.Message);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Canceled;
        }
        catch (IOException e) when (e.HResult == NoSpaceToWriteTo)
        {
            return Fail(shell, e.Message);
        }
        catch (IOException) when (shell.OutputIsClosed())
        {
            // Whoever read the output has seen enough: `memorywatch … | head`.
            return ExitCode.OutputClosed;
        }
    }

    /// <summary>All commands.</summary>
    internal static Command Root(Shell shell)
    {
        // No RootCommand, which has the name of the assembly.
        var root = new Command("memorywatch", "What a black box, a log or a recorded series says about the memory of a .NET process.")
        {
            CommandDetails.HelpOption(),
            new VersionOption(),
            InspectCommand.Create(shell),
            AnalyzeCommand.Create(shell),
            JudgeCommand.Create(shell),
            WatchCommand.Create(shell),
            MachineCommand.Create(shell),
        };
        root.Add(CompletionCommand.Create(shell, () => root));
        return root.WithDetails(Details);
    }

    private static int Fail(Shell shell, string reason)
    {
        shell.WriteError(reason);
        return ExitCode.Unreadable;
    }
}
