using System.Buffers;
using System.Security.Cryptography;

namespace DownloaderBot.Local;

/// <summary>Receives files for users over HTTP: counts, hashes and drops them; keeps only a few small ones.</summary>
internal sealed class LocalInboxEndpoints(LocalConversations conversations, KeptFiles kept)
{
    public void Map(IEndpointRouteBuilder app) => app.MapPost("/inbox/{userId:long}", ReceiveAsync);

    private async Task ReceiveAsync(HttpContext context, long userId, string name, string caption, bool video)
    {
        var conversation = conversations.Of(userId);
        var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var copy = context.Request.ContentLength <= KeptFiles.MostBytes ? new MemoryStream() : null;
            var length = 0L;
            while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
            {
                hash.AppendData(buffer, 0, read);
                copy?.Write(buffer, 0, read);
                length += read;
                if (conversation.IsGone)
                {
                    // As if the user blocks the bot during a file.
                    context.Abort();
                    return;
                }

                if (conversations.UploadGate is { } gate)
                {
                    await gate(conversation, length);
                }
            }

            var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
            if (copy is not null)
            {
                kept.Keep(sha256, copy.ToArray());
            }

            conversation.Add(name, new LocalFile(name, length, sha256) { Caption = caption, IsVideo = video });
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The bot closed the connection early: a canceled upload.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
