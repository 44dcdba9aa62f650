using System.CommandLine;
using MemoryWatch.Tool.Analyze;

namespace MemoryWatch.Tool.Commands;

/// <summary><c>memorywatch analyze</c>.</summary>
internal static class AnalyzeCommand
{
    public static Command Create(Shell shell)
    {
        var logs = new Argument<string[]>("LOG")
        {
            Description = "The log files in the order of time; gzip files are unpacked, and - is standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = CommandParts.Json();
        var command = new Command("analyze", "What one or more logs say: spikes, zones, sessions, growth, restarts.") { logs, json };
        return command.Runs((parsed, cancellation) => Task.FromResult(Run(shell, parsed.GetValue(logs)!, parsed.GetValue(json), cancellation)));
    }

    private static int Run(Shell shell, string[] paths, bool isJson, CancellationToken cancellation)
    {
        var reader = new LogReader();
        foreach (var path in paths)
            Read(shell, reader, path, cancellation);

        var report = reader.Report();
        if (report.LibraryLines == 0)
            throw new UnreadableException(AnalyzeText.NoLines(paths, report.Lines));
        if (isJson)
            shell.WriteJson(report, LogReportJson.Readable.LogReport);
        else
            new AnalyzeOutput(shell, report).Write();
        return report.HasFindings ? ExitCode.Findings : ExitCode.NothingFound;
    }

    private static void Read(Shell shell, LogReader reader, string path, CancellationToken cancellation)
    {
        try
        {
            using var file = shell.OpenSequential(path);
            using var input = LogInput.Open(file, path);
            using var progress = shell.Progress($"Reading {path}", file.CanSeek ? file.Length : null);

            // Of a packed file, the part that is unpacked is not the part that is read.
            reader.Read(input, path, bytes => progress.Report(file.CanSeek ? file.Position : bytes), cancellation);
        }
        catch (InvalidDataException error)
        {
            throw new UnreadableException($"'{path}' is damaged: {error.Message}");
        }
        catch (IOException error)
        {
            throw new UnreadableException($"'{path}' cannot be read: {error.Message}");
        }
    }
}
