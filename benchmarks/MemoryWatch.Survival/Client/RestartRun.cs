using System.Diagnostics;
using System.Globalization;
using MemoryWatch.Survival.Overloads;

namespace MemoryWatch.Survival.Client;

/// <summary>A server that has to restart again and again, because its handlers leak, while jobs keep coming.</summary>
internal static class RestartRun
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(20);

    /// <summary>
    /// Runs it until it has ended a number of times: on purpose, or by SIGKILL at the moment when it says that it begins to drain. Returns what the
    /// client saw, or <see langword="null"/> if no memory cgroup can be made here.
    /// </summary>
    public static async Task<RestartOutcome?> StartAsync(int count, bool kills, string logs)
    {
        using var group = MemoryGroup.TryCreate(Run.Limit);
        if (group is null)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("memorywatch-restarts-");
        try
        {
            await using var log = new StreamWriter(Path.Combine(logs, kills ? "killed.log" : "restarts.log"));
            return await StartAsync(count, kills, group, folder.FullName, log);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<RestartOutcome> StartAsync(int count, bool kills, MemoryGroup group, string folder, StreamWriter log)
    {
        var tally = new Tally(AllOverloads.Restarts.Jobs);
        using (var previous = Start())
        {
            await previous.ReadyAsync();
            await previous.StopAsync();
        }

        using var over = new CancellationTokenSource();
        using var client = new JobClient();
        Task? offered = null;
        var away = new List<TimeSpan>();
        var clock = Stopwatch.StartNew();
        for (var ended = 0; ended < count; ended++)
        {
            clock.Restart();
            using var server = Start();
            await server.ReadyAsync();
            client.Use(server.Socket);
            away.Add(clock.Elapsed);
            offered ??= client.OfferAllAsync(AllOverloads.Restarts.List(Length), tally, over.Token);
            var ending = await server.EndAsync();
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{(kills ? "killed" : "restarted")} {ended + 1}: {ending}, {tally.Accepted} accepted, {tally.Open} of them not finished"));
            if (ending.Cause != EndCause.Exit || (!kills && ending.ExitCode != Restarts.ExitCode))
            {
                return new(ended, ending, tally, away);
            }
        }

        await over.CancelAsync();
        await offered!;
        return new(count, null, tally, away);

        ServerHost Start() => ServerHost.Start(
            group, AllOverloads.Restarts, RunMode.With, 1, folder, tally, log, kills ? KillAtDrain : null);
    }

    private static void KillAtDrain(ServerHost server, string line)
    {
        if (line.Contains(Restarts.DrainLine, StringComparison.Ordinal))
        {
            server.Kill();
        }
    }
}

/// <summary>How it went.</summary>
/// <param name="Ended">How often the server ended as it was meant to.</param>
/// <param name="Death">The end that was not meant; <see langword="null"/> if there was none.</param>
/// <param name="Tally">What the client counted.</param>
/// <param name="Away">How long each start took, from the end of the process before to the answer to requests.</param>
internal sealed record RestartOutcome(int Ended, Ending? Death, Tally Tally, IReadOnlyList<TimeSpan> Away);
