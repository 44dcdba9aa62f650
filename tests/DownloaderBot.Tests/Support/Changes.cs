namespace DownloaderBot.Tests.Support;

/// <summary>Lets tests wait for a condition that somebody else's doing makes true.</summary>
internal sealed class Changes
{
    private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Signal() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    public async Task WaitAsync(Func<bool> condition, CancellationToken cancel)
    {
        while (true)
        {
            var next = _next.Task;
            if (condition())
            {
                return;
            }

            await next.WaitAsync(cancel);
        }
    }
}
