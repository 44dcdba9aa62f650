using System.CommandLine;

namespace MemoryWatch.Tool.Commands;

/// <summary><c>memorywatch inspect</c>.</summary>
internal static class InspectCommand
{
    public static Command Create(Shell shell)
    {
        var json = CommandParts.Json();
        var command = new Command("inspect", "The post-mortem of a black box file, or of a line pasted from a log.") { json };
        return command.Runs((parsed, _) => throw new UnreadableException("'inspect' is not there yet"));
    }
}
