using System.Globalization;
using MemoryWatch.Survival.Client;
using MemoryWatch.Survival.Overloads;
using MemoryWatch.Survival.Server;

namespace MemoryWatch.Survival.Tables;

/// <summary>What to run, as the command line says.</summary>
internal sealed record Choice
{
    private const int AllRounds = 3;

    public required IReadOnlyList<Overload> Overloads { get; init; }

    public required IReadOnlyList<RunMode> Modes { get; init; }

    public required int Rounds { get; init; }

    /// <summary>How many runs go on at once.</summary>
    public required int Lanes { get; init; }

    /// <summary>The time in which the jobs of a list come.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>Where the servers' logs are kept.</summary>
    public required string Logs { get; init; }

    /// <summary>All runs, those that take longest first. Without a limit, one run of each is enough.</summary>
    public IEnumerable<PlannedRun> Runs =>
        from round in Enumerable.Range(1, Rounds)
        from mode in Modes
        where mode != RunMode.Unlimited || round == 1
        from overload in Overloads
        select new PlannedRun(overload, mode, round);

    /// <param name="args">Numbers of overloads; and <c>--minutes</c>, <c>--rounds</c>, <c>--lanes</c>, <c>--modes</c>, <c>--logs</c>, each with a value.</param>
    public static Choice Read(string[] args)
    {
        var numbers = args.TakeWhile(arg => !arg.StartsWith("--", StringComparison.Ordinal))
            .Select(arg => int.Parse(arg, CultureInfo.InvariantCulture)).ToHashSet();
        var logs = Value("--logs") ?? Directory.CreateTempSubdirectory("memorywatch-survival-logs-").FullName;
        Directory.CreateDirectory(logs);
        return new()
        {
            Overloads = [.. AllOverloads.Rows.Where(overload => numbers.Count == 0 || numbers.Contains(overload.Number))],
            Modes = Value("--modes") is { } modes
                ? [.. modes.Split(',').Select(mode => Enum.Parse<RunMode>(mode, ignoreCase: true))]
                : [RunMode.Unlimited, RunMode.With, RunMode.Without],
            Rounds = int.Parse(Value("--rounds") ?? $"{AllRounds}", CultureInfo.InvariantCulture),
            Lanes = int.Parse(Value("--lanes") ?? "1", CultureInfo.InvariantCulture),
            Length = TimeSpan.FromMinutes(double.Parse(Value("--minutes") ?? $"{Run.FullLength.TotalMinutes}", CultureInfo.InvariantCulture)),
            Logs = logs,
        };

        string? Value(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
    }

    public static string DescribeMachine() => string.Create(
        CultureInfo.InvariantCulture,
        $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} processors, .NET {Environment.Version}, load average {LoadAverage()}.");

    public static string LoadAverage() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{DescribeMachine()} {Overloads[0].Jobs} jobs within {Length.TotalMinutes:0.#} minutes, in a memory cgroup of 512 MB; {Rounds} rounds, {Lanes} runs at once. With relief: {Relief.Options}");
}

/// <summary>One run to be made.</summary>
internal sealed record PlannedRun(Overload Overload, RunMode Mode, int Round);
