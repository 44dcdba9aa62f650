using System.CommandLine;
using MemoryWatch.Tool.Completion;

namespace MemoryWatch.Tool.Commands;

/// <summary><c>memorywatch completion</c>: scripts for shells, which ask <c>memorywatch completion suggest</c> at each press of Tab.</summary>
internal static class CompletionCommand
{
    private const string Details =
        """
        Examples:
          memorywatch completion bash >> ~/.bashrc
          memorywatch completion zsh > "${fpath[1]}/_memorywatch"
          memorywatch completion fish > ~/.config/fish/completions/memorywatch.fish
          memorywatch completion pwsh >> $PROFILE
        """;

    /// <param name="shell">Where the script is written to.</param>
    /// <param name="root">Finds all commands, once they are there.</param>
    public static Command Create(Shell shell, Func<Command> root)
    {
        var name = new Argument<string>("shell") { Description = "The shell." };
        name.AcceptOnlyFromAmong([.. CompletionScripts.Shells]);
        return new Command("completion", "A script that completes names and options in a shell.") { name, Suggest(shell, root) }.WithDetails(Details).Runs((parsed, _) =>
        {
            shell.Output.Write(CompletionScripts.Of(parsed.GetRequiredValue(name)));
            return Task.FromResult(ExitCode.NothingFound);
        });
    }

    private static Command Suggest(Shell shell, Func<Command> root)
    {
        var line = new Argument<string>("line") { Description = "The command line up to the cursor." };
        return new Command("suggest", "What the last word of a command line may become, one in each line.") { Hidden = true, Arguments = { line } }.Runs((parsed, _) =>
        {
            foreach (var suggestion in Suggestions.For(root(), parsed.GetRequiredValue(line)))
            {
                shell.WriteLine(suggestion);
            }

            return Task.FromResult(ExitCode.NothingFound);
        });
    }
}
