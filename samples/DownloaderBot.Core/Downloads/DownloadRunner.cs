using DownloaderBot.Chat;
using DownloaderBot.Logging;
using DownloaderBot.Logins;
using DownloaderBot.Sessions;
using MemoryWatch;

namespace DownloaderBot.Downloads;

/// <summary>Runs one job and says how it ended.</summary>
internal sealed class DownloadRunner(
    PostDelivery delivery, EndedSessions ended, IChat chat, Replier replier, IMemoryWatch watch, DownloadJournal journal, BotOptions options,
    TimeProvider time, ILogger<DownloadRunner> logger)
{
    /// <summary>Never throws: errors are logged, and the user gets a reply.</summary>
    /// <param name="job">The job.</param>
    /// <param name="hurry">Canceled when there is no time left to talk to the user.</param>
    public async Task<DownloadOutcome> RunAsync(DownloadJob job, CancellationToken hurry)
    {
        await using var progress = new ProgressMessage(job.UserId, chat, time, logger, id => journal.NoteMessage(job, id));
        using var scope = job.Batch is { } batch
            ? watch.Track("Batch", $"User {job.UserId} | Post {batch.Position} of {batch.Count}", OperationVerbosity.Quiet)
            : null;
        var outcome = await TryDeliverAsync(job, progress);
        if (outcome.Status != DownloadStatus.UserGone && !await progress.TryEndAsync(outcome.Text, hurry)
            && outcome.Status is DownloadStatus.Failed or DownloadStatus.Skipped && job.Batch is null)
        {
            // There is no message to edit. For a cancellation, a batch or a delivered file, the user learns the outcome in another way.
            await replier.TellAsync(job.UserId, outcome.Text, hurry);
        }

        return outcome;
    }

    private async Task<DownloadOutcome> TryDeliverAsync(DownloadJob job, ProgressMessage progress)
    {
        try
        {
            return await delivery.DeliverAsync(job, progress, new(job, progress, options, watch, time));
        }
        catch (OperationCanceledException) when (job.Cancelled.IsCancellationRequested)
        {
            return new(DownloadStatus.Cancelled, $"Cancelled: {job.Link}");
        }
        catch (UserGoneException)
        {
            logger.UserGone(job.UserId);
            return new(DownloadStatus.UserGone, string.Empty, HoldsForNext: true);
        }
        catch (NoMediaException exception)
        {
            return new(DownloadStatus.Skipped, exception.Message);
        }
        catch (BotException exception)
        {
            if (exception is SessionEndedException)
            {
                await ended.NoteAsync(job.UserId);
            }

            return DownloadOutcome.Failed(exception);
        }
        catch (Exception exception)
        {
            var safe = RedactedException.Of(exception);
            logger.DownloadFailed(job.UserId, safe.Message, safe);
            return new(DownloadStatus.Failed, "Something went wrong on my side. Please try again later.");
        }
    }
}
