using DownloaderBot.Chat;
using DownloaderBot.Sessions;
using DownloaderBot.Users;
using MemoryWatch;

namespace DownloaderBot.Downloads;

/// <summary>Starts the jobs in the queue's order, cancels them, and stops all of them at the end.</summary>
internal sealed class DownloadService(
    DownloadQueue queue, DownloadRunner runner, Replier replier, IMemoryWatch watch, TimeProvider time) : StoppingService
{
    private const string Stopping = "I am being restarted and had to drop your download. Please send the link again in a minute.";
    private const string Killed = "The bot's administrator has cancelled your download.";

    public EnqueueResult Enqueue(UserRecord user, PostLink link, DownloadBatch? batch = null)
    {
        var job = new DownloadJob(user.Id, user.IsPremiumAt(time.GetUtcNow()), link, batch);
        var result = queue.Add(job);
        if (result.Status == EnqueueStatus.Started)
        {
            Launch(job);
        }

        return result;
    }

    /// <summary>Cancels the user's download or batch, waiting or running; returns <see langword="false"/> if there is none.</summary>
    /// <returns>A task that completes when the job's file is deleted and its place is free.</returns>
    public async Task<bool> CancelAsync(long userId)
    {
        var found = false;

        // Repeated for a batch whose next job was added in between.
        while (queue.Find(userId) is { } job)
        {
            found = true;
            job.Cancel();
            if (queue.TryWithdraw(job))
            {
                await EndAsync(job);
            }

            await job.Ended;
        }

        return found;
    }

    /// <summary>Cancels all users' downloads and notifies the users; returns the number of downloads.</summary>
    public async Task<int> CancelAllAsync()
    {
        var ended = await Task.WhenAll(queue.Users().Select(async userId =>
        {
            var isCancelled = await CancelAsync(userId);
            if (isCancelled)
            {
                await replier.TellAsync(userId, Killed);
            }

            return isCancelled;
        }));
        return ended.Count(e => e);
    }

    /// <summary>Runs before anything else stops, while the bot can still send messages to users.</summary>
    public override async Task StoppingAsync(CancellationToken cancellationToken)
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
        // A job is not part of the command, or of the previous job, that starts it, so no execution context flows into it.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => RunAsync(job));
        }
    }

    private async Task RunAsync(DownloadJob job)
    {
        var outcome = await runner.RunAsync(job);
        job.Batch?.Note(job.Link, outcome);
        if (queue.Finish(job) is { } next)
        {
            Launch(next);
        }

        await EndAsync(job);
    }

    private async Task EndAsync(DownloadJob job)
    {
        if (job is { Batch: { } batch, Following: null })
        {
            await replier.TellAsync(job.UserId, batch.Summary());
        }

        watch.ExpectCollected(job, "DownloadJob", $"User {job.UserId}");
        job.End();
    }
}
