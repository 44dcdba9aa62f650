using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace MemoryWatch.Tool.Commands;

/// <summary>What the help of a command shows below its options, such as examples.</summary>
internal static class CommandDetails
{
    private static readonly ConditionalWeakTable<Command, string> Texts = [];

    public static void Add(Command command, string details) => Texts.AddOrUpdate(command, details);

    /// <summary>The option that shows the help, for all commands.</summary>
    public static HelpOption HelpOption() => new("--help", "-h") { Recursive = true, Action = new Help() };

    private sealed class Help : SynchronousCommandLineAction
    {
        private readonly HelpAction _help = new();

        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = _help.Invoke(parseResult);
            if (Texts.TryGetValue(parseResult.CommandResult.Command, out var details))
            {
                parseResult.InvocationConfiguration.Output.Write(details.TrimEnd() + "\n");
            }

            return code;
        }
    }
}
