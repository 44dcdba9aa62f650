using MemoryWatch.Survival.Overloads;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Hosting;

namespace MemoryWatch.Survival.Server;

/// <summary>Works through the queue. When the host stops, it finishes what was accepted.</summary>
internal sealed class Workers(JobQueue queue, SessionStore sessions, IMemoryCache results, Overload overload, Pace pace) : BackgroundService
{
    private const int Piece = 2000;
    private const int ResultBytes = 16 << 10;

    private static readonly TimeSpan ResultsAreKept = TimeSpan.FromMinutes(10);

    private readonly List<byte[]> _leaked = [];

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Complete();
        return base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, overload.Workers).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));

    private async Task WorkAsync()
    {
        await foreach (var job in queue.ReadAllAsync())
        {
            using (job)
            using (job.Scope.Enter())
            {
                await WorkAsync(job);
            }

            await Console.Out.WriteLineAsync($"{ServerProcess.Done}{job.Id}");
        }
    }

    private async Task WorkAsync(AcceptedJob job)
    {
        var session = sessions.Use(job.User);
        try
        {
            using (Block.Take(overload.Working, Piece))
            {
                await Task.Delay(overload.WorkTime * pace.Factor, TimeProvider.System);
            }

            results.Set(job.Id, new byte[ResultBytes], ResultsAreKept);
            Leak();
        }
        finally
        {
            sessions.Leave(session);
        }
    }

    private void Leak()
    {
        if (overload.LeakedBytes > 0)
        {
            var leaked = new byte[overload.LeakedBytes];
            Array.Fill(leaked, (byte)1);
            lock (_leaked)
            {
                _leaked.Add(leaked);
            }
        }
    }
}
