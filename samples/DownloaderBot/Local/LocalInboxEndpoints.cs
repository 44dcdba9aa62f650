using System.Buffers;
using System.Security.Cryptography;

namespace DownloaderBot.Local;

/// <summary>Files for users over HTTP: counted, hashed and let go, never kept.</summary>
internal sealed class LocalInboxEndpoints(LocalConversations conversations)
{
    public void Map(IEndpointRouteBuilder app) => app.MapPost("/inbox/{userId:long}", ReceiveAsync);

    private async Task ReceiveAsync(HttpContext context)
    {
        var conversation = conversations.Of(long.Parse((string)context.Request.RouteValues["userId"]!, null));
        var buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var length = 0L;
            while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
            {
                hash.AppendData(buffer, 0, read);
                length += read;
                if (conversation.IsGone)
                {
                    // As when somebody blocks the bot in the middle of a file.
                    context.Abort();
                    return;
                }

                if (conversations.UploadGate is { } gate)
                {
                    await gate(conversation, length);
                }
            }

            var name = context.Request.Query["name"].ToString();
            conversation.Add(name, new LocalFile(name, length, Convert.ToHexStringLower(hash.GetHashAndReset())));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The bot hung up in the middle: a cancelled upload.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
