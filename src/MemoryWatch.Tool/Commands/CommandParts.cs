using System.CommandLine;

namespace MemoryWatch.Tool.Commands;

/// <summary>What several commands have in common.</summary>
internal static class CommandParts
{
    public static Option<bool> Json() => new("--json") { Description = "Write JSON, and nothing else, to standard output." };

    public static Option<string?> Limit() => new("--limit") { Description = "The limit that kills, such as 512MB or 2GB.", HelpName = "size" };

    /// <exception cref="UnreadableException">It is no size.</exception>
    public static long? LimitOf(string? text) => text is null ? null
        : MemorySize.TryParse(text, out var size) && size.Bytes > 0 ? size.Bytes
        : throw new UnreadableException($"--limit is '{SafeText.Context(text)}'; it must be a size such as 512MB");

    /// <summary>Refuses what looks like an option and is none, as a mistyped one would be taken for a file.</summary>
    public static Argument<T> WithoutOptions<T>(this Argument<T> argument)
    {
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.Length > 1 && token.Value.StartsWith('-')))
            {
                result.AddError($"Unrecognized option '{token.Value}'.");
            }
        });
        return argument;
    }

    /// <summary>Adds what only the help of this command shows, and not the list of commands.</summary>
    public static Command WithDetails(this Command command, string details)
    {
        CommandDetails.Add(command, details);
        return command;
    }

    /// <summary>
    /// Runs <paramref name="run"/> apart from the thread that listens to Ctrl+C, so that it can be canceled wherever it is.
    /// </summary>
    public static Command Runs(this Command command, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        command.SetAction((parsed, cancellation) => Task.Run(() => run(parsed, cancellation), CancellationToken.None));
        return command;
    }
}
