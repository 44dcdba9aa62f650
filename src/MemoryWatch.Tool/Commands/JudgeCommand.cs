using System.CommandLine;

namespace MemoryWatch.Tool.Commands;

/// <summary><c>memorywatch judge</c>.</summary>
internal static class JudgeCommand
{
    public static Command Create(Shell shell)
    {
        var json = CommandParts.Json();
        var command = new Command("judge", "The leak verdict over recorded series.") { json };
        return command.Runs((parsed, _) => throw new UnreadableException("'judge' is not there yet"));
    }
}
