using MemoryWatch;

internal sealed class Worker(IMemoryWatch watch) : BackgroundService
{
    private long _jobsDone;

    public long JobsDone => Volatile.Read(ref _jobsDone);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await watch.TrackAsync("Job", $"Number {JobsDone + 1}", async () =>
            {
                await Task.Yield(); // your work
            });
            Interlocked.Increment(ref _jobsDone);
        }
    }
}
