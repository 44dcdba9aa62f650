using DownloaderBot.Sessions;
using TL;

namespace DownloaderBot.Telegram.Sessions;

/// <summary>Finds the file of the post that a link refers to.</summary>
internal sealed class PostFinder
{
    /// <summary>The posts of an album have numbers in a row, and there are at most this many.</summary>
    private const int MostInAlbum = 10;

    private readonly ChannelBook _channels = new();

    /// <summary>Finds the file of one post, whether or not it is part of an album.</summary>
    /// <inheritdoc cref="FindFilesAsync"/>
    public async Task<TelegramMedia> FindAsync(TelegramConnection connection, PostLink link, CancellationToken cancel) =>
        (await FindFilesAsync(connection, link, wholeAlbum: false, cancel))[0];

    /// <exception cref="PostNotFoundException">
    /// There is no such post, or the account may not see it; each case has a separate exception.
    /// </exception>
    /// <exception cref="NoMediaException">The post has no file.</exception>
    public async Task<IReadOnlyList<TelegramMedia>> FindFilesAsync(
        TelegramConnection connection, PostLink link, bool wholeAlbum, CancellationToken cancel)
    {
        try
        {
            var channel = await _channels.FindAsync(connection, link, cancel) ?? throw new PrivatePostException(link);
            var posts = wholeAlbum ? Around(link.PostId) : [link.PostId];
            var found = await connection.CallAsync(client => client.Channels_GetMessages(channel, posts), cancel);
            return found.Messages.FirstOrDefault(m => m.ID == link.PostId) switch
            {
                Message { grouped_id: not 0 } message when wholeAlbum => AlbumOf(message, found.Messages, link),
                Message message => [PostMedia.Of(message, link) ?? throw new NoMediaException(link)],
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

    private static InputMessage[] Around(int postId) =>
    [
        .. Enumerable.Range(1 - MostInAlbum, 2 * MostInAlbum - 1).Select(step => (long)postId + step)
            .Where(id => id is > 0 and <= int.MaxValue).Select(id => (InputMessage)(int)id),
    ];

    private static TelegramMedia[] AlbumOf(Message post, MessageBase[] found, PostLink link)
    {
        TelegramMedia[] files =
        [
            .. found.OfType<Message>().Where(m => m.grouped_id == post.grouped_id).OrderBy(m => m.id)
                .Select(m => PostMedia.Of(m, link with { PostId = m.id })).OfType<TelegramMedia>(),
        ];
        return files.Length > 0 ? files : throw new NoMediaException(link);
    }

    private static PostNotFoundException? Explain(RpcException exception, PostLink link) => exception.Message switch
    {
        "USERNAME_NOT_OCCUPIED" or "USERNAME_INVALID" => new UnknownChannelException(link),
        "CHANNEL_PRIVATE" or "CHANNEL_INVALID" or "CHAT_FORBIDDEN" => new PrivatePostException(link),
        "MESSAGE_ID_INVALID" or "MSG_ID_INVALID" => new DeletedPostException(link),
        _ => null,
    };
}
