using System.Threading.Channels;
using DownloaderBot.Chat;

namespace DownloaderBot.Local;

/// <summary>The chat port on the local platform: texts stay in the process, files go over the platform's HTTP.</summary>
internal sealed class LocalChat(LocalConversations conversations, LocalLogins logins, LocalPlatform platform) : IChat
{
    private readonly Channel<IncomingMessage> _incoming = Channel.CreateBounded<IncomingMessage>(256);

    public long MaxFileBytes => long.MaxValue;

    /// <summary>Types a text as a user; returns its message id.</summary>
    public async ValueTask<long> TypeAsync(long userId, string text, CancellationToken cancel)
    {
        logins.Overhear(userId, text);
        var id = conversations.Of(userId).Type(text);
        await _incoming.Writer.WriteAsync(new(userId, id, text), cancel);
        return id;
    }

    public IAsyncEnumerable<IncomingMessage> ReadAsync(CancellationToken cancel) => _incoming.Reader.ReadAllAsync(cancel);

    public Task<long> SendAsync(long userId, string text, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(conversations.Of(userId).Add(text));
    }

    public Task EditAsync(long userId, long messageId, string text, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        conversations.Of(userId).Add(text, editedId: messageId);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(long userId, long messageId, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        conversations.Of(userId).Delete(messageId);
        return Task.CompletedTask;
    }

    public async Task SendFileAsync(long userId, OutgoingFile file, Stream content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"/inbox/{userId}?name={Uri.EscapeDataString(file.Name)}&caption={Uri.EscapeDataString(file.Caption)}&video={file.Video is not null}")
        {
            Content = new StreamContent(content),
        };
        request.Content.Headers.ContentLength = file.Bytes;
        try
        {
            using var response = await platform.Client.SendAsync(request, cancel);
            response.EnsureSuccessStatusCode();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException && conversations.Of(userId).IsGone)
        {
            throw new UserGoneException(userId, exception);
        }
    }
}
