using System.Globalization;
using MemoryWatch.Survival.Client;

namespace MemoryWatch.Survival.Tables;

/// <summary>Restarts a server under load many times, in order and by force, and prints what was lost.</summary>
internal static class RestartTable
{
    public const string Command = "restarts";

    private const int Count = 20;

    /// <returns>0 if every restart came out as it should; 2 if no memory cgroup can be made here.</returns>
    public static async Task<int> RunAsync(Choice choice)
    {
        Console.WriteLine($"{Choice.DescribeMachine()} A leak of 10 MB/s, some 20 jobs in flight, no limiter; settings at their defaults, except Restart:From=Elevated, Restart:MinimumUptime=0 and Restart:MostPerDay=50.");
        Console.WriteLine();
        var runs = await Task.WhenAll(
            RestartRun.StartAsync(Count, kills: false, choice.Logs), RestartRun.StartAsync(Count, kills: true, choice.Logs));
        if (runs is not [{ } drained, { } killed])
        {
            Console.WriteLine("No memory cgroup can be made here: that needs root and a writable cgroup v1.");
            return 2;
        }

        Console.WriteLine("| ends of the server, under load | times | jobs accepted | accepted, not finished | start, median and longest |");
        Console.WriteLine("|---|---|---|---|---|");
        Print("drained restart", drained);
        Print("SIGKILL when the drain begins", killed);
        return drained is { Death: null, Tally.Open: 0 } && killed is { Death: null, Tally.Open: > 0 } ? 0 : 1;
    }

    private static void Print(string name, RestartOutcome outcome)
    {
        var away = outcome.Away.Order().ToList();
        var end = outcome.Death is { } death ? $", then {death}" : string.Empty;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {outcome.Ended} of {Count}{end} | {outcome.Tally.Accepted} | {outcome.Tally.Open} | {away[away.Count / 2].TotalSeconds:0.0} s, {away[^1].TotalSeconds:0.0} s |"));
    }
}
