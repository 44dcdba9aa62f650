using System.Globalization;
using MemoryWatch.Survival.Client;
using MemoryWatch.Survival.Overloads;

namespace MemoryWatch.Survival.Tables;

/// <summary>Runs the overloads and prints the table.</summary>
internal static class SurvivalTable
{
    private const double AcceptedShare = 0.9;

    /// <returns>0 if every run came out as it should; 2 if no memory cgroup can be made here.</returns>
    public static async Task<int> RunAsync(Choice choice)
    {
        Console.WriteLine(choice.Describe());
        Console.WriteLine();
        using var lanes = new SemaphoreSlim(choice.Lanes);
        var runs = choice.Runs.ToDictionary(run => run, run => Task.Run(() => RunAsync(run, choice, lanes)));
        var outcomes = new Dictionary<PlannedRun, Outcome>();
        foreach (var (run, task) in runs)
        {
            if (await task is not { } outcome)
            {
                Console.WriteLine("No memory cgroup can be made here: that needs root and a writable cgroup v1.");
                return 2;
            }

            outcomes[run] = outcome;
        }

        Console.WriteLine("| overload | without limit: all accepted in | without relief | with it: survived | restarts | refused, came again | accepted in time | accepted, not finished |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        var isRight = true;
        foreach (var overload in choice.Overloads)
        {
            isRight &= Print(overload, choice, outcomes);
        }

        Console.WriteLine();
        Console.WriteLine($"Load average at the end: {Choice.LoadAverage()}");
        return isRight ? 0 : 1;
    }

    private static async Task<Outcome?> RunAsync(PlannedRun run, Choice choice, SemaphoreSlim lanes)
    {
        await lanes.WaitAsync();
        try
        {
            var outcome = await Run.StartAsync(run.Overload, run.Mode, choice.Length, run.Round, choice.Logs);
            if (outcome is not null)
            {
                await Console.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{run.Overload.Number} {run.Mode} {run.Round}: {Describe(outcome)}, {outcome.Tally.Accepted} accepted (last at {outcome.Tally.LastAccepted.TotalSeconds:0} s), {outcome.Tally.Open} of them not finished, {outcome.Refusals} refusals, {outcome.Restarts} restarts"));
            }

            return outcome;
        }
        finally
        {
            lanes.Release();
        }
    }

    private static bool Print(Overload overload, Choice choice, Dictionary<PlannedRun, Outcome> outcomes)
    {
        var unlimited = Of(RunMode.Unlimited);
        var without = Of(RunMode.Without);
        var with = Of(RunMode.With);
        var normal = unlimited.Count > 0 ? unlimited.Max(outcome => outcome.Tally.LastAccepted) : choice.Length;
        var survived = with.Count(outcome => outcome.Death is null && outcome.Tally.Open == 0 && outcome.Restarts <= 1);
        var killed = without.Count(outcome => outcome.Death is not null);
        var inTime = with.Select(outcome => outcome.Tally.CountAcceptedBy(normal * 2) / (double)overload.Jobs).ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {overload.Name} | {(unlimited.Count > 0 ? $"{normal.TotalSeconds:0} s" : "not run")} | {killed} of {without.Count} killed: {Ends(without)} | {survived} of {with.Count}{(survived < with.Count ? $": {Ends(with)}" : string.Empty)} | {List(with, outcome => outcome.Restarts)} | {List(with, outcome => outcome.Refusals)} | {string.Join(", ", inTime.Select(part => part.ToString("0.0 %", CultureInfo.InvariantCulture)))} | {List(with, outcome => outcome.Tally.Open)} |"));
        return killed == without.Count && survived == with.Count && inTime.All(part => part >= AcceptedShare);

        List<Outcome> Of(RunMode mode) => [.. outcomes.Where(pair => pair.Key.Overload == overload && pair.Key.Mode == mode).Select(pair => pair.Value)];
    }

    private static string List(IEnumerable<Outcome> outcomes, Func<Outcome, int> number) =>
        string.Join(", ", outcomes.Select(outcome => number(outcome).ToString(CultureInfo.InvariantCulture)));

    private static string Ends(IEnumerable<Outcome> outcomes) => string.Join("; ", outcomes.Select(Describe));

    private static string Describe(Outcome outcome)
    {
        var time = string.Create(CultureInfo.InvariantCulture, $"{outcome.Time.TotalSeconds:0} s");
        return outcome.Death switch
        {
            null when outcome.Tally.All.IsCompleted => $"done after {time}",
            null => $"not done after {time}",
            { Cause: EndCause.KernelKill } => $"kernel OOM kill after {time}",
            { Cause: EndCause.OutOfMemoryException } => $"OutOfMemoryException after {time}",
            { ExitCode: var code } => string.Create(CultureInfo.InvariantCulture, $"exit code {code} after {time}"),
        };
    }
}
