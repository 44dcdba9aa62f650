using DownloaderBot.Sessions;
using TL;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>Finds the file of the post that a link refers to.</summary>
internal sealed class PostFinder
{
    private readonly ChannelBook _channels = new();

    /// <exception cref="PostNotFoundException">
    /// There is no such post, or the account may not see it; each case has a separate exception.
    /// </exception>
    /// <exception cref="NoMediaException">The post has no file.</exception>
    public async Task<TelegramMedia> FindAsync(TelegramConnection connection, PostLink link, CancellationToken cancel)
    {
        try
        {
            var channel = await _channels.FindAsync(connection, link, cancel) ?? throw new PrivatePostException(link);
            var found = await connection.CallAsync(client => client.Channels_GetMessages(channel, link.PostId), cancel);
            return found.Messages.FirstOrDefault() switch
            {
                Message message => PostMedia.Of(message, link) ?? throw new NoMediaException(link),
                null or MessageEmpty => throw new DeletedPostException(link),
                _ => throw new NoMediaException(link),
            };
        }
        catch (RpcException exception)
        {
            _channels.Forget(link);
            if (Explain(exception, link) is { } explained)
            {
                throw explained;
            }

            throw;
        }
    }

    private static PostNotFoundException? Explain(RpcException exception, PostLink link) => exception.Message switch
    {
        "USERNAME_NOT_OCCUPIED" or "USERNAME_INVALID" => new UnknownChannelException(link),
        "CHANNEL_PRIVATE" or "CHANNEL_INVALID" or "CHAT_FORBIDDEN" => new PrivatePostException(link),
        "MESSAGE_ID_INVALID" or "MSG_ID_INVALID" => new DeletedPostException(link),
        _ => null,
    };
}
