using System.Threading.Channels;

namespace Worker;

/// <summary>Works on the queued jobs, one after another.</summary>
internal sealed class Consumer(Channel<Job> jobs, ResultCache results) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var job in jobs.Reader.ReadAllAsync(stoppingToken))
        {
            // The loop works for whatever job it has, so it says for which. Without that, nothing would be attributed to the job.
            using (job.Scope)
            using (job.Scope.Enter())
            {
                var result = new byte[job.Bytes];
                await Task.Yield();
                results.Add(job.Number, result[..1_000]);
            }
        }
    }
}
