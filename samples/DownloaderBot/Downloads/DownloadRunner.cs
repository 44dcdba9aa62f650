using DownloaderBot.Chat;
using DownloaderBot.Logging;
using DownloaderBot.Logins;
using DownloaderBot.Sessions;
using DownloaderBot.Storage;
using MemoryWatch;

namespace DownloaderBot.Downloads;

/// <summary>Runs one job: downloads the post's file to the disk, sends it to the chat, and deletes it. Streams throughout.</summary>
internal sealed class DownloadRunner(
    SessionManager sessions, EndedSessions ended, AssetStore store, IChat chat, Replier replier, IMemoryWatch watch,
    DownloadJournal journal, BotOptions options, TimeProvider time, ILogger<DownloadRunner> logger)
{
    private const string Waiting = "All sessions are in use. Your download starts when one is free. /canceldownload to leave it.";

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
            return new(DownloadStatus.Delivered, $"Done: {await DeliverAsync(job, progress, new(job, progress, options, watch, time))}");
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
        catch (SessionEndedException exception)
        {
            await ended.NoteAsync(job.UserId);
            return DownloadOutcome.Failed(exception);
        }
        catch (NoMediaException exception)
        {
            return new(DownloadStatus.Skipped, exception.Message);
        }
        catch (BotException exception)
        {
            return DownloadOutcome.Failed(exception);
        }
        catch (Exception exception)
        {
            var safe = RedactedException.Of(exception);
            logger.DownloadFailed(job.UserId, safe.Message, safe);
            return new(DownloadStatus.Failed, "Something went wrong on my side. Please try again later.");
        }
    }

    /// <summary>Delivers the file and returns a text for the user.</summary>
    private async Task<string> DeliverAsync(DownloadJob job, ProgressMessage progress, Patience patience)
    {
        AssetFile? file = null;
        try
        {
            var context = string.Empty;
            using (var lease = await PrepareAsync(job, () => patience.TryAsync(() => sessions.AcquireAsync(
                job.UserId, job.Cancelled, hasPlace => progress.SayAsync(hasPlace ? Starting(job) : Waiting, job.Cancelled)))))
            {
                var media = await PrepareAsync(job, () => patience.TryAsync(() => FindMediaAsync(job, lease.Session)));
                context = $"User {job.UserId} | File size: {Text.Megabytes(media.SizeBytes)}";
                await watch.TrackAsync("Download", context, async scope =>
                {
                    file = store.Reserve(media.FileName, media.SizeBytes);
                    await DownloadAsync(lease.Session, media, file, progress, patience, scope.Charge, job.Cancelled);
                });
            }

            await watch.TrackAsync("Upload", context, () => UploadAsync(job, file!, progress, patience));
            return $"{file!.Name} ({Text.Megabytes(file.Bytes)})";
        }
        finally
        {
            file?.Dispose();
        }
    }

    private static string Starting(DownloadJob job) => job.Batch switch
    {
        null => "Your download starts now.",
        { Position: 1, Count: var count } => $"Your batch of {count} starts now, one post after the other.",
        var batch => $"Post {batch.Position} of {batch.Count} of your batch starts now.",
    };

    /// <summary>Runs a step that comes before the size is known. The log contains it only if it fails, as the download it belongs to.</summary>
    private async Task<T> PrepareAsync<T>(DownloadJob job, Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (NoMediaException) when (job.Batch is not null)
        {
            watch.Mark("Download Skipped", $"User {job.UserId} | {job.Link}");
            throw;
        }
        catch (Exception exception)
        {
            watch.Fail("Download", $"User {job.UserId} | {job.Link}", RedactedException.Of(exception));
            throw;
        }
    }

    private async Task<MediaInfo> FindMediaAsync(DownloadJob job, IUserSession session)
    {
        var media = await session.FindMediaAsync(job.Link, job.Cancelled);

        // Checked before the download, which would be wasted.
        FileTooLargeException.ThrowIfOver(chat.MaxFileBytes, media.SizeBytes);
        return media;
    }

    private static async Task DownloadAsync(
        IUserSession session, MediaInfo media, AssetFile file, ProgressMessage progress, Patience patience, Action<long> spent,
        CancellationToken cancel)
    {
        await using var stream = file.OpenWrite();
        await progress.ShowAsync($"Downloading {file.Name}", media.SizeBytes, () => stream.Moved, cancel);
        await patience.TryAsync(
            async () =>
            {
                await session.DownloadAsync(media, stream.Moved, stream, spent, cancel);
                return stream.Moved;
            },
            () => stream.Moved);
        if (stream.Moved != media.SizeBytes)
        {
            throw new WrongLengthException(media.SizeBytes, stream.Moved);
        }
    }

    private async Task UploadAsync(DownloadJob job, AssetFile file, ProgressMessage progress, Patience patience)
    {
        await using var content = file.OpenRead();
        await progress.ShowAsync($"Uploading {file.Name}", file.Bytes, () => content.Moved, job.Cancelled);
        await patience.TryAsync(async () =>
        {
            content.Position = 0;
            await chat.SendFileAsync(job.UserId, file.Name, file.Bytes, content, job.Cancelled);
            return file.Bytes;
        });
    }
}
