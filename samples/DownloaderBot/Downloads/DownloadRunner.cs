using DownloaderBot.Chat;
using DownloaderBot.Logging;
using DownloaderBot.Sessions;
using DownloaderBot.Storage;
using MemoryWatch;

namespace DownloaderBot.Downloads;

/// <summary>One job: the post's file to the disk, from there to the chat, and off the disk. Streamed throughout.</summary>
internal sealed class DownloadRunner(
    SessionManager sessions, AssetStore store, IChat chat, Replier replier, IMemoryWatch watch, ILogger<DownloadRunner> logger)
{
    private const string Unexpected = "Something went wrong on my side. Please try again later.";

    /// <summary>Never throws: what goes wrong is in the log, and the user is told.</summary>
    public async Task RunAsync(DownloadJob job)
    {
        try
        {
            await DeliverAsync(job);
        }
        catch (OperationCanceledException) when (job.Cancelled.IsCancellationRequested)
        {
            // Whoever cancelled it tells the user.
        }
        catch (UserGoneException)
        {
            logger.UserGone(job.UserId);
        }
        catch (BotException exception)
        {
            await replier.TellAsync(job.UserId, exception.Message);
        }
        catch (Exception exception)
        {
            logger.DownloadFailed(job.UserId, exception.Message, exception);
            await replier.TellAsync(job.UserId, Unexpected);
        }
    }

    private async Task DeliverAsync(DownloadJob job)
    {
        AssetFile? file = null;
        try
        {
            var status = 0L;
            var context = string.Empty;
            using (var lease = await PrepareAsync(job, () => sessions.AcquireAsync(job.UserId, job.Cancelled)))
            {
                var media = await PrepareAsync(job, () => lease.Session.FindMediaAsync(job.Link, job.Cancelled));
                context = $"User {job.UserId} | File size: {Text.Megabytes(media.SizeBytes)}";
                await watch.TrackAsync("Download", context, async () =>
                {
                    file = store.Reserve(media.FileName, media.SizeBytes);
                    status = await chat.SendAsync(
                        job.UserId, $"Downloading {file.Name} ({Text.Megabytes(file.Bytes)})…", job.Cancelled);
                    await DownloadAsync(lease.Session, media, file, job.Cancelled);
                });
            }

            await watch.TrackAsync("Upload", context, () => UploadAsync(job, status, file!));
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>A step before the size is known; it enters the log only where it fails, as the download it was to be.</summary>
    private async Task<T> PrepareAsync<T>(DownloadJob job, Func<Task<T>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception exception)
        {
            watch.Fail("Download", $"User {job.UserId} | {job.Link}", exception);
            throw;
        }
    }

    private static async Task DownloadAsync(IUserSession session, MediaInfo media, AssetFile file, CancellationToken cancel)
    {
        await using var stream = file.OpenWrite();
        await session.DownloadAsync(media, stream, progress: null, cancel);
        if (stream.Written != media.SizeBytes)
        {
            throw new WrongLengthException(media.SizeBytes, stream.Written);
        }
    }

    private async Task UploadAsync(DownloadJob job, long status, AssetFile file)
    {
        await chat.EditAsync(job.UserId, status, $"Uploading {file.Name} ({Text.Megabytes(file.Bytes)})…", job.Cancelled);
        await using (var content = file.OpenRead())
        {
            await chat.SendFileAsync(job.UserId, file.Name, file.Bytes, content, job.Cancelled);
        }

        await chat.EditAsync(job.UserId, status, $"Done: {file.Name} ({Text.Megabytes(file.Bytes)})", job.Cancelled);
    }
}
