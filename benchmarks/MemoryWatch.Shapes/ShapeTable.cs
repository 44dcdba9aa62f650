using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace MemoryWatch.Shapes;

/// <summary>Runs the shapes and prints the table.</summary>
internal static class ShapeTable
{
    private const string Group = "/sys/fs/cgroup/memory/memorywatch-shapes";
    private const int Rounds = 3;

    /// <param name="args">The numbers of the shapes to run, and <c>once</c> for a single round; without numbers, all of them.</param>
    public static int Run(string[] args)
    {
        var rounds = args.Contains("once") ? 1 : Rounds;
        var chosen = args.Where(arg => int.TryParse(arg, out _)).Select(arg => int.Parse(arg, CultureInfo.InvariantCulture)).ToHashSet();
        var hasGroup = TryMakeGroup();
        var all = new Score();
        Console.WriteLine(hasGroup ? "In a memory cgroup of 512 MB." : "No memory cgroup can be made here: with Limit=512MB, and without shape 19.");
        Console.WriteLine();
        Console.WriteLine("| # | the guilty operation | alone: alert | alone: after a kill | among others: alert | among others: after a kill |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var shape in AllShapes.List.Where(shape => (chosen.Count == 0 || chosen.Contains(shape.Number)) && (hasGroup || !shape.NeedsGroup)))
        {
            var (alone, among) = (new Pair(), new Pair());
            for (var round = 0; round < rounds; round++)
            {
                RunOnce(shape, ShapeProcess.Alone, hasGroup, alone);
                RunOnce(shape, ShapeProcess.Among, hasGroup, among);
            }

            Console.WriteLine($"| {shape.Number} | {shape.Description} | {alone.Alert} | {alone.Report} | {among.Alert} | {among.Report} |");
            all.Add(alone.Alert, alone.Report, among.Alert, among.Report);
        }

        Console.WriteLine();
        Console.WriteLine($"right {all.Right}, wrong {all.Wrong}, does not say {all.Open} of {all.Count}");
        if (hasGroup)
        {
            Directory.Delete(Group);
        }

        return 0;
    }

    private static void RunOnce(Shape shape, string mode, bool hasGroup, Pair scores)
    {
        var folder = Directory.CreateTempSubdirectory("memorywatch-shapes-");
        try
        {
            var blackBox = Path.Combine(folder.FullName, "memory.blackbox");
            var alert = Watch(shape, mode, blackBox, hasGroup);
            var report = ReadCause(Start(hasGroup, ShapeProcess.ReportCommand, blackBox));
            scores.Alert.Add(shape, alert);
            scores.Report.Add(shape, report);
            Console.Error.WriteLine($"{shape.Number} {mode}: alert: {alert ?? "none"}");
            Console.Error.WriteLine($"{shape.Number} {mode}: after a kill: {report ?? "none"}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs the shape to its top and kills it there.</summary>
    private static string? Watch(Shape shape, string mode, string blackBox, bool hasGroup)
    {
        using var process = Start(
            hasGroup, ShapeProcess.Command, shape.Number.ToString(CultureInfo.InvariantCulture), mode, blackBox);
        string? cause = null;
        while (process.StandardOutput.ReadLine() is { } line && line != ShapeProcess.Top)
        {
            cause ??= CauseIn(line);
        }

        process.Kill(entireProcessTree: true);
        while (process.StandardOutput.ReadLine() is { } line)
        {
            cause ??= CauseIn(line);
        }

        process.WaitForExit();
        return cause;
    }

    private static string? ReadCause(Process process)
    {
        using (process)
        {
            var cause = process.StandardOutput.ReadToEnd().Split('\n').Select(CauseIn).FirstOrDefault(line => line is not null);
            process.WaitForExit();
            return cause == "none" ? null : cause;
        }
    }

    private static string? CauseIn(string line) =>
        line.StartsWith(ShapeProcess.Cause, StringComparison.Ordinal) ? line[ShapeProcess.Cause.Length..] : null;

    private static Process Start(bool hasGroup, params string[] args)
    {
        string[] command = ["dotnet", "exec", Assembly.GetExecutingAssembly().Location, .. args];
        var start = hasGroup
            ? new ProcessStartInfo("/bin/sh", ["-c", $"echo $$ > {Group}/cgroup.procs; exec {string.Join(' ', command)}"])
            : new ProcessStartInfo(command[0], command[1..]) { Environment = { ["MemoryWatch__Limit"] = "512MB" } };
        start.RedirectStandardOutput = true;
        return Process.Start(start)!;
    }

    private static bool TryMakeGroup()
    {
        try
        {
            Directory.CreateDirectory(Group);
            File.WriteAllText($"{Group}/memory.limit_in_bytes", "512M");
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not root, or a machine without cgroup v1.
            return false;
        }
    }

    private sealed class Pair
    {
        public Score Alert { get; } = new();

        public Score Report { get; } = new();
    }

    /// <summary>How often the right one was named, a wrong one, and none.</summary>
    private sealed class Score
    {
        public int Right { get; private set; }

        public int Wrong { get; private set; }

        public int Open { get; private set; }

        public int Count => Right + Wrong + Open;

        public void Add(Shape shape, string? cause)
        {
            if (cause is not null && shape.IsRight(cause))
            {
                Right++;
            }
            else if (cause is not null && (shape.IsNobodys ? AllShapes.Accuses(cause) : AllShapes.First(cause) is { } first && first != Stage.Guilty))
            {
                Wrong++;
            }
            else
            {
                Open++;
            }
        }

        public void Add(params Score[] others)
        {
            foreach (var other in others)
            {
                (Right, Wrong, Open) = (Right + other.Right, Wrong + other.Wrong, Open + other.Open);
            }
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Right} of {Count} right{(Wrong > 0 ? $", {Wrong} wrong" : string.Empty)}{(Open > 0 ? $", {Open} does not say" : string.Empty)}");
    }
}
