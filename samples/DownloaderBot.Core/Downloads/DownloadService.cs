using System.Diagnostics.CodeAnalysis;
using DownloaderBot.Chat;
using DownloaderBot.Sessions;
using DownloaderBot.Users;
using MemoryWatch;

namespace DownloaderBot.Downloads;

/// <summary>Starts the jobs in the queue's order, cancels them, and stops all of them at the end.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A job that a stop left behind may still ask the source, which goes with the program.")]
internal sealed class DownloadService(
    DownloadQueue queue, DownloadRunner runner, DownloadJournal journal, Replier replier, IMemoryWatch watch, TimeProvider time)
    : StoppingService
{
    private const string Stopping = "I am being restarted and had to drop your download. Please send the link again in a minute.";
    private const string Keeping = "I am short of memory and restart to get it back. Your download keeps its place; I go on with it by myself.";
    private const string Killed = "The bot's administrator has cancelled your download.";

    /// <summary>How long running downloads have to end when the bot stops.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(4);

    /// <summary>How much of it they have for their last words to their users.</summary>
    private static readonly TimeSpan LastWordsLimit = TimeSpan.FromSeconds(2);

    /// <summary>How long the bot then takes to tell the users. Sessions, web server and watch need the rest of the host's time.</summary>
    private static readonly TimeSpan TellLimit = TimeSpan.FromSeconds(2);

    /// <summary>Canceled when a stop has no time left for what a job still says.</summary>
    private readonly CancellationTokenSource _hurry = new(Timeout.InfiniteTimeSpan, time);

    private volatile bool _isStopping;

    /// <summary>Before a restart on purpose, downloads that run are finished, and those that wait are kept for the next start.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        watch.Draining.Register(queue.Hold);
        return Task.CompletedTask;
    }

    public EnqueueResult Enqueue(UserRecord user, PostLink link, DownloadBatch? batch = null)
    {
        var job = new DownloadJob(user.Id, user.IsPremiumAt(time.GetUtcNow()), link, batch);
        var result = queue.Add(job);
        if (result.Status is EnqueueStatus.Started or EnqueueStatus.Waiting)
        {
            journal.Add(job);
        }

        if (result.Status == EnqueueStatus.Started)
        {
            Launch(job);
        }

        return result;
    }

    /// <summary>Puts a download that a restart has kept back into the queue; returns <see langword="false"/> if the queue does not take it.</summary>
    public bool Resume(UserRecord user, InterruptedDownload kept)
    {
        var links = PostLinks.Read($"{kept.First} {kept.Last}").Posts;
        if (links.Count == 0)
        {
            return false;
        }

        var (first, batch) = (links[0], links.Count > 1 ? DownloadBatch.Between(links[0], links[1]) : null);
        return Enqueue(user, first, batch).Status is EnqueueStatus.Started or EnqueueStatus.Waiting;
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
                await EndAsync(job, isKnown: true);
            }

            await job.Ended;
        }

        return found;
    }

    /// <summary>Cancels all users' downloads and notifies the users; returns the number of downloads.</summary>
    public async Task<int> CancelAllAsync(CancellationToken cancel)
    {
        var ended = await Task.WhenAll(queue.Users().Select(async userId =>
        {
            var isCancelled = await CancelAsync(userId);
            if (isCancelled)
            {
                // Not waited for: the admin's reply depends on nobody's chat, and telling never throws.
                _ = replier.TellAsync(userId, Killed, cancel);
            }

            return isCancelled;
        }));
        return ended.Count(e => e);
    }

    /// <summary>
    /// Runs before anything else stops, while the bot can still send messages to users. Never throws, and returns in time whatever hangs: a job
    /// that does not end is left behind. Users who could not be told are told at the next start.
    /// </summary>
    public override async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        var isRestart = watch.Draining.IsCancellationRequested;
        var (waited, running) = queue.Close();
        foreach (var job in waited)
        {
            if (isRestart)
            {
                journal.Keep(job);
            }

            job.End();
        }

        _hurry.CancelAfter(LastWordsLimit);
        foreach (var job in running)
        {
            job.Cancel();
        }

        await Task.WhenAll(running.Select(job => job.Ended)).WaitAsync(EndLimit, time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var tellLimit = new CancellationTokenSource(TellLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tellLimit.Token);
        await Task.WhenAll(
            running.Where(job => !job.Record.IsOver).Select(job => TellStoppingAsync(job, either.Token))
                .Concat(waited.Select(job => isRestart ? replier.TellAsync(job.UserId, Keeping, either.Token) : TellStoppingAsync(job, either.Token))))
            .WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task TellStoppingAsync(DownloadJob job, CancellationToken cancel)
    {
        if (await replier.TellAsync(job.UserId, Stopping, cancel))
        {
            journal.Remove(job);
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
        var outcome = await runner.RunAsync(job, _hurry.Token);
        job.Batch?.Note(job.Link, outcome);
        var following = job.Batch?.Next;
        if (following is not null)
        {
            journal.Advance(job, following);
        }

        // As soon as possible, because a user who has read how it ended may ask for the next download at once.
        if (queue.Finish(job) is { } next)
        {
            Launch(next);
        }

        await EndAsync(job, isKnown: !_isStopping || (following is null && outcome.Status != DownloadStatus.Cancelled));
    }

    private async Task EndAsync(DownloadJob job, bool isKnown)
    {
        watch.ExpectCollected(job, "DownloadJob", $"User {job.UserId}");
        if (job.Following is null)
        {
            if (job.Batch is { } batch)
            {
                await replier.TellAsync(job.UserId, batch.Summary(), _hurry.Token);
            }

            if (isKnown && !job.Record.IsOver)
            {
                journal.Remove(job);
            }
        }

        job.End();
    }
}
