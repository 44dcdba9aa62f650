using System.CommandLine;

namespace MemoryWatch.Tool.Commands;

/// <summary><c>memorywatch machine</c>.</summary>
internal static class MachineCommand
{
    public static Command Create(Shell shell)
    {
        var json = CommandParts.Json();
        var command = new Command("machine", "What would be read on this machine, and from where.") { json };
        return command.Runs((parsed, _) => throw new UnreadableException("'machine' is not there yet"));
    }
}
