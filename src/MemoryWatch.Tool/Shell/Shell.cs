using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace MemoryWatch.Tool;

/// <summary>
/// What a command has of the world around it: where it reads, where it writes, and the time. A test gives it streams of its own.
/// </summary>
internal sealed class Shell
{
    /// <summary>Standard output without style.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard output for people: without color or movement if it is not a terminal or NO_COLOR is set.</summary>
    public required IAnsiConsole Console { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Opens standard input.</summary>
    public required Func<Stream> Input { get; init; }

    /// <summary>Whether somebody may be looking at standard error, so that progress helps.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether standard output is a terminal.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether standard output has nobody left who reads it.</summary>
    public Func<bool> OutputIsClosed { get; init; } = () => false;

    /// <summary>Whether Ctrl+C and SIGTERM of the process cancel the command.</summary>
    public bool HandlesSignals { get; init; }

    /// <summary>The time.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The shell of this process.</summary>
    public static Shell OfProcess()
    {
        var stdout = StandardOutput.Open();
        var output = new StreamWriter(stdout, StandardOutput.Encoding) { AutoFlush = !System.Console.IsOutputRedirected };
        return new Shell
        {
            Output = output,
            Console = ConsoleOn(output, !System.Console.IsOutputRedirected),
            Error = System.Console.Error,
            Input = System.Console.OpenStandardInput,
            ErrorIsTerminal = !System.Console.IsErrorRedirected,
            OutputIsTerminal = !System.Console.IsOutputRedirected,
            OutputIsClosed = () => stdout is { HasEnded: true },
            HandlesSignals = true,
            Time = TimeProvider.System,
        };
    }

    /// <summary>The path of <paramref name="path"/>, or standard input for <c>-</c>; see <see cref="InputFiles"/>.</summary>
    public Stream Open(string path) => path == "-" ? Input() : InputFiles.Open(path);

    /// <summary>As <see cref="Open"/>, and pipes as well, as in <c>memorywatch analyze &lt;(zcat log.gz)</c>: for what is read once, from its beginning to its end.</summary>
    public Stream OpenSequential(string path) => path == "-" ? Input() : InputFiles.OpenSequential(path);

    /// <summary>Shows how far something is, if it takes more than a second and somebody may be looking.</summary>
    /// <param name="what">What is being done: "Reading bot.log".</param>
    /// <param name="total">What <see cref="ProgressLine.Report"/> will reach; null if nobody knows.</param>
    public ProgressLine Progress(string what, long? total) => new(ErrorIsTerminal ? Error : null, Time, what, total);

    /// <summary>Writes a line for people: wrapped and styled on a terminal, and as it is otherwise, so that a search finds all of it.</summary>
    public void WriteLine(string line = "", Style? style = null)
    {
        if (OutputIsTerminal && line.Length > 0)
        {
            foreach (var part in TreeLines.Wrap(line, Console.Profile.Width))
            {
                Console.Write(new Text(part + '\n', style));
            }
        }
        else
        {
            Output.Write(line + '\n');
        }
    }

    /// <summary>Says on standard error what went wrong.</summary>
    public void WriteError(string reason)
    {
        Output.Flush();
        Error.WriteLine($"memorywatch: {reason}");
    }

    /// <summary>Writes lines that are separated by <c>\n</c>.</summary>
    public void WriteLines(string? lines, Style? style = null)
    {
        foreach (var line in (lines ?? string.Empty).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            WriteLine(line, style);
        }
    }

    /// <summary>Writes a value as JSON: with --json, that and nothing else is on standard output.</summary>
    public void WriteJson<T>(T value, JsonTypeInfo<T> type) => Output.WriteLine(JsonSerializer.Serialize(value, type));

    internal static IAnsiConsole ConsoleOn(TextWriter output, bool isTerminal, int? width = null)
    {
        var plain = !isTerminal || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        console.Profile.Capabilities.Unicode = StandardOutput.Encoding is UTF8Encoding;
        if (width is { } columns)
        {
            console.Profile.Width = columns;
        }

        return console;
    }

    internal InvocationConfiguration Invocation() => new()
    {
        Output = Output,
        Error = Error,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = HandlesSignals ? TimeSpan.FromSeconds(2) : null,
    };
}
