using System.CommandLine;

namespace MemoryWatch.Tool.Commands;

/// <summary><c>memorywatch watch</c>.</summary>
internal static class WatchCommand
{
    public static Command Create(Shell shell)
    {
        var json = CommandParts.Json();
        var command = new Command("watch", "A live view of the memory of a process.") { json };
        return command.Runs((parsed, _) => throw new UnreadableException("'watch' is not there yet"));
    }
}
