using DownloaderBot.Sessions;
using TL;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>
/// Fetches a file, one part after the other. It does not use the library's download, which cannot be canceled, waits forever for a missing part,
/// treats a short part as the end, and restarts after a broken connection. One part at a time is slower over a long distance than two in
/// parallel. But the written bytes are always a complete beginning of the file, from which the download can resume.
/// </summary>
internal sealed class MediaDownload(
    UserConnection connection, PostFinder posts, TelegramTimeouts timeouts, TimeProvider time, Action<long, Exception> resumed,
    Action<long> spent)
{
    /// <summary>
    /// Size of a part, in bytes; the same as in the library. Telegram accepts powers of two up to one megabyte, and limits the calls, not the
    /// bytes.
    /// </summary>
    public const int PartBytes = 512 << 10;

    /// <summary>
    /// Bytes that a download allocates for each byte, nearly all of them in the library and on its flows: the packet, its decrypted content, and
    /// the part. A test measures the value for the whole process, and docs/sample-bot.md contains the result.
    /// </summary>
    public const int AllocatedPerByte = 3;

    /// <summary>Maximum number of failures in a row, without a part in between.</summary>
    private const int MostFailures = 4;

    /// <exception cref="ConnectionLostException">The connection broke too often.</exception>
    /// <exception cref="DownloadCutException">Telegram does not give the rest of the file.</exception>
    /// <exception cref="WrongLengthException">The file is shorter or longer than the post states.</exception>
    public async Task RunAsync(TelegramMedia media, long offset, Stream destination, CancellationToken cancel)
    {
        var (file, isExpired) = (media.File, false);
        var attempts = new Attempts(MostFailures, timeouts, time);
        while (offset < media.SizeBytes)
        {
            byte[] part;
            try
            {
                file = isExpired ? await FindAgainAsync(media, file, cancel) : file;
                part = await FetchAsync(file, offset, media.SizeBytes, cancel);
            }
            catch (Exception exception) when (CanGoOn(exception))
            {
                if (!await attempts.TryAgainAsync(cancel))
                {
                    throw exception is RpcException ? new DownloadCutException(exception) : exception;
                }

                resumed(offset, exception);
                isExpired = IsExpired(exception);
                file = IsElsewhere(exception) ? file with { DataCentre = ((RpcException)exception).X } : file;
                continue;
            }

            spent((long)part.Length * AllocatedPerByte);
            await destination.WriteAsync(part, cancel);
            offset += part.Length;
            isExpired = false;
            attempts.Succeed();
        }
    }

    private async Task<byte[]> FetchAsync(TelegramFile file, long offset, long sizeBytes, CancellationToken cancel)
    {
        var answer = await connection.UseAsync(
            c => c.CallForFilesAsync(file.DataCentre, client => client.Upload_GetFile(file.Location, offset, PartBytes), cancel), cancel);

        // Any other answer would be a redirection to third-party servers, which the bot did not request.
        var part = answer is Upload_File whole ? whole.bytes : throw new DownloadCutException();
        var received = offset + part.Length;
        return received == sizeBytes || (part.Length == PartBytes && received < sizeBytes)
            ? part
            : throw new WrongLengthException(sizeBytes, received);
    }

    private async Task<TelegramFile> FindAgainAsync(TelegramMedia media, TelegramFile file, CancellationToken cancel)
    {
        var found = await connection.UseAsync(c => posts.FindAsync(c, media.Link, cancel), cancel);

        // The post was edited meanwhile: the rest of another file would corrupt the written part.
        return found.File.Id == file.Id ? found.File with { DataCentre = file.DataCentre } : throw new DownloadCutException();
    }

    private static bool CanGoOn(Exception exception) =>
        exception is ConnectionLostException or WrongLengthException || IsElsewhere(exception) || IsExpired(exception);

    private static bool IsElsewhere(Exception exception) => exception is RpcException { Message: "FILE_MIGRATE_X" };

    private static bool IsExpired(Exception exception) =>
        exception is RpcException rpc && rpc.Message.StartsWith("FILE_REFERENCE_", StringComparison.Ordinal);
}
