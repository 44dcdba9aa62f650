using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tool.Tests.Support;

/// <summary>A command as a test runs it: in this process, on streams of its own, and what it printed.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static Task<CommandRun> Of(params string[] args) => Of(new Setup(), args);

    public static async Task<CommandRun> Of(Setup setup, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var shell = new Shell
        {
            Output = output,
            Console = Shell.ConsoleOn(output, isTerminal: false, setup.Width),
            Error = error,
            Input = () => new MemoryStream(setup.Input),
            ErrorIsTerminal = setup.ErrorIsTerminal,
            Time = setup.Time,
        };

        var code = await CommandLine.RunAsync(args, shell, setup.Cancellation);

        return new CommandRun(code, output.ToString(), error.ToString());
    }

    /// <summary>What is around the command.</summary>
    public sealed record Setup
    {
        public byte[] Input { get; init; } = [];

        public string InputText { init => Input = Encoding.UTF8.GetBytes(value); }

        public int Width { get; init; } = 80;

        public bool ErrorIsTerminal { get; init; }

        public TimeProvider Time { get; init; } = new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));

        public CancellationToken Cancellation { get; init; }
    }
}
