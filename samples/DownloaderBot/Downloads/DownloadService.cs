using DownloaderBot.Chat;
using DownloaderBot.Sessions;
using DownloaderBot.Users;

namespace DownloaderBot.Downloads;

/// <summary>Starts the jobs as the queue says, cancels them, and at the end stops them all.</summary>
internal sealed class DownloadService(DownloadQueue queue, DownloadRunner runner, Replier replier) : IHostedService
{
    private const string Stopping = "I am being restarted and had to drop your download. Please send the link again in a minute.";

    public EnqueueResult Enqueue(UserRecord user, PostLink link)
    {
        var job = new DownloadJob(user.Id, user.IsPremium, link);
        var result = queue.Add(job);
        if (result.Status == EnqueueStatus.Started)
        {
            Launch(job);
        }

        return result;
    }

    /// <summary>Cancels the user's download, waiting or running; false where there is none.</summary>
    /// <returns>When the job's file is gone and its place free.</returns>
    public async Task<bool> CancelAsync(long userId)
    {
        if (queue.Find(userId) is not { } job)
        {
            return false;
        }

        job.Cancel();
        if (queue.TryWithdraw(job))
        {
            job.End();
        }

        await job.Ended;
        return true;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var (waited, running) = queue.Close();
        foreach (var job in waited)
        {
            job.End();
        }

        foreach (var job in running)
        {
            job.Cancel();
        }

        await Task.WhenAll(running.Select(job => job.Ended)).WaitAsync(cancellationToken);
        foreach (var job in waited.Concat(running))
        {
            await replier.TellAsync(job.UserId, Stopping, cancellationToken);
        }
    }

    private void Launch(DownloadJob job)
    {
        // A job is no part of the command, or of the job before it, that happens to start it: nothing of theirs flows in.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => RunAsync(job));
        }
    }

    private async Task RunAsync(DownloadJob job)
    {
        await runner.RunAsync(job);
        var next = queue.Finish(job);
        job.End();
        if (next is not null)
        {
            Launch(next);
        }
    }
}
