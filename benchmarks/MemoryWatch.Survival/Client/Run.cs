using System.Diagnostics;
using System.Globalization;
using MemoryWatch.Survival.Overloads;

namespace MemoryWatch.Survival.Client;

/// <summary>One run of an overload: a server in its own memory cgroup, the jobs, and a host that starts it again if it ends on purpose.</summary>
internal static class Run
{
    public const long Limit = 512L << 20;

    public static readonly TimeSpan FullLength = TimeSpan.FromMinutes(3);

    private const long NoLimit = 8L << 30;

    // A run ends if its jobs are not done after so many times the length of the list.
    private const double Patience = 4;

    /// <summary>Makes one run; returns what the client saw, or <see langword="null"/> if no memory cgroup can be made here.</summary>
    public static async Task<Outcome?> StartAsync(Overload overload, RunMode mode, TimeSpan length, int round, string logs)
    {
        using var group = MemoryGroup.TryCreate(mode == RunMode.Unlimited ? NoLimit : Limit);
        if (group is null)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("memorywatch-survival-");
        try
        {
            await using var log = new StreamWriter(
                Path.Combine(logs, string.Create(CultureInfo.InvariantCulture, $"{overload.Number}-{mode}-{round}.log")));
            return await StartAsync(overload, mode, length, group, folder.FullName, log);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Outcome> StartAsync(
        Overload overload, RunMode mode, TimeSpan length, MemoryGroup group, string folder, StreamWriter log)
    {
        var tally = new Tally(overload.Jobs);
        if (mode == RunMode.With)
        {
            // As after a deploy: restarts are armed only if a previous run left its black box.
            using var previous = Start();
            await previous.ReadyAsync();
            await previous.StopAsync();
        }

        using var over = new CancellationTokenSource();
        using var client = new JobClient();
        var restarts = 0;
        var server = Start();
        try
        {
            await server.ReadyAsync();
            client.Use(server.Socket);
            var clock = Stopwatch.StartNew();
            var offered = client.OfferAllAsync(overload.List(length), tally, over.Token);
            var patience = Task.Delay(length * Patience, TimeProvider.System, over.Token);
            Ending? death = null;
            while (true)
            {
                var end = server.EndAsync();
                if (await Task.WhenAny(end, tally.All, patience) != end)
                {
                    break;
                }

                var ending = await end;
                if (ending.Cause != EndCause.Exit || ending.ExitCode != Restarts.ExitCode)
                {
                    death = ending;
                    break;
                }

                restarts++;
                server.Dispose();
                server = Start();
                await server.ReadyAsync();
                client.Use(server.Socket);
            }

            var time = clock.Elapsed;
            await over.CancelAsync();
            await offered;
            return new(death, time, tally, restarts, client.Refusals);
        }
        finally
        {
            server.Dispose();
        }

        ServerHost Start() => ServerHost.Start(group, overload, mode, length / FullLength, folder, tally, log);
    }
}

/// <summary>How a run went.</summary>
/// <param name="Death">The end of the server, unless it lived or ended on purpose.</param>
/// <param name="Time">When the run was over: the server dead, or all jobs done.</param>
/// <param name="Tally">What the client counted.</param>
/// <param name="Restarts">How often the server ended on purpose.</param>
/// <param name="Refusals">How often a job was refused and offered again.</param>
internal sealed record Outcome(Ending? Death, TimeSpan Time, Tally Tally, int Restarts, int Refusals);
