using System.CommandLine;
using MemoryWatch.Tool.Inspect;

namespace MemoryWatch.Tool.Commands;

/// <summary><c>memorywatch inspect</c>: the post-mortem of a black box, or of compact lines that were copied out of a log.</summary>
internal static class InspectCommand
{
    private const string Details =
        """
        With '-' it reads standard input: a black box, or text that contains the compact line (MW1; ... crc=...) that the watch logs when memory comes nearer to its limit. However it was wrapped, prefixed or quoted on its way, its checksum tells whether it is whole.

        Examples:
          memorywatch inspect data/memory.blackbox
          memorywatch inspect data/memory.previous-1.blackbox --json
          pbpaste | memorywatch inspect -
        """;

    public static Command Create(Shell shell)
    {
        var file = new Argument<string>("file") { Description = "A black box, a file with compact lines, or - for standard input." }.WithoutOptions();
        var json = CommandParts.Json();
        return new Command("inspect", "The post-mortem of a black box file, or of lines pasted from a log.") { file, json }.WithDetails(Details)
            .Runs((parsed, cancellation) => Run(shell, parsed.GetRequiredValue(file), parsed.GetValue(json), cancellation));
    }

    private static async Task<int> Run(Shell shell, string file, bool asJson, CancellationToken cancellation)
    {
        var path = file == "-" ? null : file;
        var name = path is null ? "standard input" : $"'{SafeText.Context(file)}'";
        using var input = InspectInput.Open(shell, path, name);
        if (!input.IsBox)
        {
            return PastedReport.Write(shell, name, input.ReadText(), asJson);
        }

        var box = await BoxFile.Inspect(name, path, input.Bytes, shell, cancellation).ConfigureAwait(false);
        if (asJson)
        {
            shell.WriteJson(BoxJson.Of(box), ToolJson.Default.BoxJson);
        }
        else
        {
            BoxText.Write(shell, box);
        }

        if (box.WholeLength is { } whole)
        {
            throw new UnreadableException($"{name} is cut off: it has {box.Length} of {whole} bytes");
        }

        return box.HasFindings ? ExitCode.Findings : ExitCode.NothingFound;
    }
}
