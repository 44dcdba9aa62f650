using System.CommandLine;

namespace MemoryWatch.Tool.Commands;

/// <summary><c>memorywatch analyze</c>.</summary>
internal static class AnalyzeCommand
{
    public static Command Create(Shell shell)
    {
        var json = CommandParts.Json();
        var command = new Command("analyze", "What one or more logs say: spikes, zones, sessions, growth, restarts.") { json };
        return command.Runs((parsed, _) => throw new UnreadableException("'analyze' is not there yet"));
    }
}
