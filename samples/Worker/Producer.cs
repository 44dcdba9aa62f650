using System.Threading.Channels;
using MemoryWatch;

namespace Worker;

/// <summary>Queues a job ten times a second; each tenth takes more than its budget.</summary>
internal sealed class Producer(Channel<Job> jobs, IMemoryWatch watch) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var number = 1; await timer.WaitForNextTickAsync(stoppingToken); number++)
        {
            var bytes = number % 10 == 0 ? 8_000_000 : 100_000;
            await jobs.Writer.WriteAsync(new(number, bytes, watch.Track("Job", $"Number {number}")), stoppingToken);
        }
    }
}
