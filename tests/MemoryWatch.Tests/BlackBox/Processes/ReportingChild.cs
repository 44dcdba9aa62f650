using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>A program that starts a watch and prints what it was told of its previous run.</summary>
internal static class ReportingChild
{
    public const string Name = "report";
    public const string Nothing = "nothing";

    /// <param name="args">The black box.</param>
    public static int Run(string[] args)
    {
        using var log = new LogCapture();
        using var watch = MemoryWatcher.Start(builder => builder.AddBlackBox(args[0]), log);
        if (watch.PreviousRun is not { } run)
        {
            Console.WriteLine(Nothing);
            foreach (var line in log.Lines)
            {
                Console.WriteLine(line.Text);
            }

            return 0;
        }

        Console.WriteLine(run.Verdict);
        Console.WriteLine(run.ExitCode);
        Console.WriteLine(run.Error);
        Console.WriteLine(run.MoreInFlight);
        foreach (var operation in run.InFlight)
        {
            Console.WriteLine(Line(operation));
        }

        Console.WriteLine();
        Console.WriteLine(run.Describe());
        return 0;
    }

    public static string Line(OperationInFlight operation) =>
        $"{operation.OperationId} in {operation.ParentId}: {operation.Name} | {operation.Context}";
}

/// <summary>What a <see cref="ReportingChild"/> printed.</summary>
internal sealed record Report(RunVerdict? Verdict, string ExitCode, string Error, string MoreInFlight, string[] InFlight, string Text)
{
    public static Report Parse(string printed)
    {
        var lines = printed.ReplaceLineEndings("\n").Split('\n');
        if (lines[0] == ReportingChild.Nothing)
        {
            return new(null, "", "", "", [], printed);
        }

        var end = Array.IndexOf(lines, string.Empty, 4);
        return new(Enum.Parse<RunVerdict>(lines[0]), lines[1], lines[2], lines[3], lines[4..end], string.Join('\n', lines[(end + 1)..]));
    }
}
