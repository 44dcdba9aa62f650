using DownloaderBot.Chat;
using DownloaderBot.Sessions;
using DownloaderBot.Storage;
using MemoryWatch;

namespace DownloaderBot.Downloads;

/// <summary>
/// Delivers the file of a post, or all files of its album in order: downloads each to the disk, sends it to the chat, and deletes it. Streams
/// throughout.
/// </summary>
internal sealed class PostDelivery(SessionManager sessions, AssetStore store, MemoryRoom room, IChat chat, IMemoryWatch watch)
{
    public const string DownloadOperation = "Download";

    private const string WaitingForMemory = "I am short of memory just now. Your download starts when there is room. /canceldownload to leave it.";
    private const string Waiting = "All sessions are in use. Your download starts when one is free. /canceldownload to leave it.";

    public async Task<DownloadOutcome> DeliverAsync(DownloadJob job, ProgressMessage progress, Patience patience)
    {
        using var memory = await TakeRoomAsync(job, progress);
        var lease = await AcquireAsync(job, progress, patience, Starting(job));
        try
        {
            var (session, wholeAlbum) = (lease.Session, job is { Batch: null, Link.IsSingle: false });
            var files = await PrepareAsync(
                job, () => patience.TryAsync(() => session.FindFilesAsync(job.Link, wholeAlbum, job.Cancelled)));
            var (delivered, failed) = (new List<string>(), new List<string>());
            for (var i = 0; i < files.Count; i++)
            {
                var of = files.Count == 1 ? string.Empty : $" ({i + 1} of {files.Count})";
                try
                {
                    await CheckAsync(job, files[i]);
                    lease ??= await AcquireAsync(job, progress, patience, starting: null);
                    using var file = await DownloadAsync(job, lease.Session, files[i], of, progress, patience);

                    // The session is free for others during the upload.
                    lease.Dispose();
                    lease = null;
                    await UploadAsync(job, file, files[i], of, progress, patience);
                    delivered.Add($"{file.Name} ({Text.Megabytes(file.Bytes)})");
                }
                catch (BotException exception) when (files.Count > 1 && !DownloadOutcome.Failed(exception).HoldsForNext)
                {
                    failed.Add($"{FileNames.Clean(files[i].FileName)}: {exception.Message}");
                }
            }

            return failed.Count > 0
                ? new(DownloadStatus.Failed, $"{delivered.Count} of {files.Count} files delivered. The others failed:\n{string.Join('\n', failed)}")
                : new(DownloadStatus.Delivered, files.Count == 1 ? $"Done: {delivered[0]}" : $"Done: {files.Count} files");
        }
        finally
        {
            lease?.Dispose();
        }
    }

    private static string Starting(DownloadJob job) => job.Batch switch
    {
        null => "Your download starts now.",
        { Position: 1, Count: var count } => $"Your batch of {count} starts now, one post after the other.",
        var batch => $"Post {batch.Position} of {batch.Count} of your batch starts now.",
    };

    /// <summary>For people as text, and for log stores as named values, which can be searched and added up.</summary>
    private static OperationContext ContextOf(DownloadJob job, MediaInfo media) =>
        new OperationContext($"User {job.UserId} | File size: {Text.Megabytes(media.SizeBytes)}")
            .With("user_id", job.UserId).With("file_bytes", media.SizeBytes);

    private Task<SessionLease> AcquireAsync(DownloadJob job, ProgressMessage progress, Patience patience, string? starting) =>
        PrepareAsync(job, () => patience.TryAsync(() => sessions.AcquireAsync(
            job.UserId,
            job.Cancelled,
            hasPlace => (hasPlace ? starting : Waiting) is { } text ? progress.SayAsync(text, job.Cancelled) : Task.CompletedTask)));

    /// <summary>Waits until memory has room for the download; before it has a session, because that would take memory while it waits.</summary>
    private Task<IDisposable?> TakeRoomAsync(DownloadJob job, ProgressMessage progress) =>
        PrepareAsync(job, () => room.TakeAsync(() => progress.SayAsync(WaitingForMemory, job.Cancelled), job.Cancelled));

    /// <summary>Refuses a file that the chat would not accept, before the download, which would be wasted.</summary>
    private Task<long> CheckAsync(DownloadJob job, MediaInfo media) => PrepareAsync(job, () =>
    {
        FileTooLargeException.ThrowIfOver(chat.MaxFileBytes, media.SizeBytes);
        return Task.FromResult(media.SizeBytes);
    });

    /// <summary>Runs a step that comes before the download itself. The log contains it only if it fails, as the download it belongs to.</summary>
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
            watch.Fail(DownloadOperation, $"User {job.UserId} | {job.Link}", RedactedException.Of(exception));
            throw;
        }
    }

    private async Task<AssetFile> DownloadAsync(
        DownloadJob job, IUserSession session, MediaInfo media, string of, ProgressMessage progress, Patience patience)
    {
        AssetFile? file = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(job.Cancelled);
        var cancel = stop.Token;
        try
        {
            await watch.TrackAsync(DownloadOperation, ContextOf(job, media), async scope =>
            {
                scope.CancelWith(stop);
                file = store.Reserve(media.FileName, media.SizeBytes);
                await using var stream = file.OpenWrite();
                await progress.ShowAsync($"Downloading {file.Name}{of}", media.SizeBytes, () => stream.Moved, scope, cancel);
                await patience.TryAsync(
                    async () =>
                    {
                        // What the session's library allocates on flows of its own, it reports and the operation is charged.
                        await session.DownloadAsync(media, stream.Moved, stream, scope.Charge, cancel);
                        return stream.Moved == media.SizeBytes ? stream.Moved : throw new WrongLengthException(media.SizeBytes, stream.Moved);
                    },
                    () => stream.Moved);
            });
            return file!;
        }
        catch (OperationCanceledException exception) when (stop.IsCancellationRequested && !job.Cancelled.IsCancellationRequested)
        {
            file?.Dispose();
            throw new MemoryTakenException(exception);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    private Task UploadAsync(
        DownloadJob job, AssetFile file, MediaInfo media, string of, ProgressMessage progress, Patience patience) =>
        watch.TrackAsync("Upload", ContextOf(job, media), async scope =>
        {
            await using var content = file.OpenRead();
            await progress.ShowAsync($"Uploading {file.Name}{of}", file.Bytes, () => content.Moved, scope, job.Cancelled);
            await patience.TryAsync(async () =>
            {
                content.Position = 0;
                await chat.SendFileAsync(job.UserId, new(file.Name, file.Bytes, media.Caption, media.Video), content, job.Cancelled);
                return file.Bytes;
            });
        });
}
