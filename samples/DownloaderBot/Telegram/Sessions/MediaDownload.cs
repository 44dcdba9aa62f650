using DownloaderBot.Sessions;
using TL;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// Fetches a file, one part after the other. Not by the library's own download: that one cannot be cancelled, waits for ever
/// for a part that does not come, takes a part that came short for the end, and after a broken connection begins anew. One
/// part at a time is slower over a long way than two would be, but what is written stays a whole beginning, to go on from.
/// </summary>
internal sealed class MediaDownload(
    UserConnection connection, PostFinder posts, TelegramTimeouts timeouts, TimeProvider time, Action<long, Exception> resumed)
{
    /// <summary>The library's own. Telegram takes powers of two up to a megabyte, and rations the calls, not the bytes.</summary>
    public const int PartBytes = 512 << 10;

    /// <summary>Failures in a row, without a part in between.</summary>
    private const int MostFailures = 4;

    /// <exception cref="DownloadCutException">The connection broke too often.</exception>
    /// <exception cref="WrongLengthException">The file is shorter or longer than the post says.</exception>
    public async Task RunAsync(TelegramMedia media, Stream destination, CancellationToken cancel)
    {
        var (file, offset) = (media.File, 0L);
        var attempts = new Attempts(MostFailures, timeouts, time);
        while (offset < media.SizeBytes)
        {
            try
            {
                var part = await FetchAsync(file, offset, cancel);
                var received = offset + part.Length;
                if (received > media.SizeBytes || (part.Length < PartBytes && received < media.SizeBytes))
                {
                    throw new WrongLengthException(media.SizeBytes, received);
                }

                await destination.WriteAsync(part, cancel);
                offset = received;
                attempts.Succeed();
            }
            catch (Exception exception) when (CanGoOn(exception))
            {
                if (!await attempts.TryAgainAsync(cancel))
                {
                    throw exception as WrongLengthException as Exception ?? new DownloadCutException(exception);
                }

                file = await FindAgainAsync(media, file, exception, cancel);
                resumed(offset, exception);
            }
        }
    }

    private async Task<byte[]> FetchAsync(TelegramFile file, long offset, CancellationToken cancel)
    {
        var answer = await connection.UseAsync(
            c => c.CallForFilesAsync(file.DataCentre, client => client.Upload_GetFile(file.Location, offset, PartBytes), cancel), cancel);

        // Anything else would be a redirection to the servers of somebody else, which was not asked for.
        return answer is Upload_File part ? part.bytes : throw new DownloadCutException();
    }

    private static bool CanGoOn(Exception exception) =>
        exception is ConnectionLostException or WrongLengthException || IsElsewhere(exception) || IsExpired(exception);

    private static bool IsElsewhere(Exception exception) => exception is RpcException { Message: "FILE_MIGRATE_X" };

    private static bool IsExpired(Exception exception) =>
        exception is RpcException rpc && rpc.Message.StartsWith("FILE_REFERENCE_", StringComparison.Ordinal);

    /// <summary>Where the file is now; the same place where nothing says otherwise.</summary>
    private async Task<TelegramFile> FindAgainAsync(TelegramMedia media, TelegramFile file, Exception exception, CancellationToken cancel)
    {
        if (IsElsewhere(exception))
        {
            return file with { DataCentre = ((RpcException)exception).X };
        }

        if (!IsExpired(exception))
        {
            return file;
        }

        var found = await connection.UseAsync(c => posts.FindAsync(c, media.Link, cancel), cancel);

        // Edited meanwhile: the rest of another file would make nonsense of what is written.
        return found.File.Id == file.Id ? found.File with { DataCentre = file.DataCentre } : throw new DownloadCutException(exception);
    }
}
