using System.CommandLine;
using MemoryWatch.Files;
using MemoryWatch.Tool.Machine;

namespace MemoryWatch.Tool.Commands;

/// <summary><c>memorywatch machine</c>.</summary>
internal static class MachineCommand
{
    private const string Details =
        """
        Examples:
          memorywatch machine
          memorywatch machine --collect report.zip
          memorywatch machine --root report.zip --json
        """;

    private const int MostNamesShown = 20;

    public static Command Create(Shell shell)
    {
        var json = CommandParts.Json();
        var root = new Option<string?>("--root")
        {
            Description = "Read a folder that stands for /, or a file that --collect wrote, instead of this machine.",
            HelpName = "DIR|FILE",
        };
        var collect = new Option<string?>("--collect")
        {
            Description = "Pack the files that were read into a new zip file, with names replaced, for a bug report.",
            HelpName = "FILE",
        };
        var force = new Option<bool>("--force") { Description = "Overwrite the file of --collect if it exists." };
        var command = new Command("machine", "What would be read on this machine, and from where: limits, levels, and which limit governs.")
        {
            json, root, collect, force,
        };
        return command.WithDetails(Details).Runs((parsed, _) => Task.FromResult(Run(
            shell, parsed.GetValue(root), parsed.GetValue(collect), parsed.GetValue(force), parsed.GetValue(json))));
    }

    private static int Run(Shell shell, string? root, string? collect, bool force, bool json)
    {
        if (root is null && !OperatingSystem.IsLinux())
        {
            throw new UnreadableException(
                "this machine has no /proc and no cgroups: here the watch knows resident memory and the machine's memory alone. Use --root for files from Linux");
        }

        var recording = Record(shell, root);
        var report = MachineReader.Report(recording, shell.Time);
        if (json)
        {
            shell.WriteJson(report, MachineJson.Default.MachineReport);
        }
        else
        {
            Write(shell.Output, MachineText.Lines(report));
        }

        if (collect is not null)
        {
            Collect(recording, collect, force, json ? shell.Error : shell.Output);
        }

        return ExitCode.NothingFound;
    }

    private static Recording Record(Shell shell, string? root)
    {
        if (root is null)
        {
            return MachineReader.Record(DiskFiles.Instance, string.Empty, MachineFacts.Here(shell.Time), shell.Time);
        }

        if (Directory.Exists(root))
        {
            return MachineReader.Record(DiskFiles.Instance, Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)), new(), shell.Time);
        }

        using var stream = shell.Open(root);
        return Archive.Read(stream, root);
    }

    private static void Collect(Recording recording, string path, bool force, TextWriter output)
    {
        var names = new NameReplacer();
        var replaced = new ContentReplacer(names).Replace(recording);
        try
        {
            using var stream = new FileStream(path, force ? FileMode.Create : FileMode.CreateNew, FileAccess.Write, FileShare.None);
            Archive.Write(replaced, stream);
        }
        catch (IOException) when (!force && File.Exists(path))
        {
            throw new UnreadableException($"'{path}' exists; use --force to overwrite it");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UnreadableException($"'{path}' cannot be written: {error.Message}");
        }

        Write(output, CollectedText.Lines(path, replaced, names.Replaced, MostNamesShown));
    }

    private static void Write(TextWriter output, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            output.WriteLine(line);
        }
    }
}
