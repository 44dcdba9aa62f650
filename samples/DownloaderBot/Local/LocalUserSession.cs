using System.Net;
using DownloaderBot.Sessions;

namespace DownloaderBot.Local;

/// <summary>The user-session port on the local platform.</summary>
internal sealed class LocalUserSession(HttpClient client, int megabytes) : IUserSession
{
    private byte[][] _held = HeldMemory.Take(megabytes);

    public async Task<MediaInfo> FindMediaAsync(PostLink link, CancellationToken cancel)
    {
        using var response = await client.GetAsync(Address(link), cancel);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            throw new PostNotFoundException(link);
        }

        if (response.StatusCode == HttpStatusCode.Forbidden)
        {
            throw new PrivatePostException(link);
        }

        response.EnsureSuccessStatusCode();
        var post = await response.Content.ReadFromJsonAsync<LocalPostInfo>(cancel);
        return post?.SizeBytes is { } size ? new(link, post.FileName, size) : throw new NoMediaException(link);
    }

    public async Task DownloadAsync(MediaInfo media, long offset, Stream destination, Action<long> spent, CancellationToken cancel)
    {
        try
        {
            using var response = await client.GetAsync(
                Address(media.Link) + $"/media?offset={offset}", HttpCompletionOption.ResponseHeadersRead, cancel);
            response.EnsureSuccessStatusCode();
            await using var content = await response.Content.ReadAsStreamAsync(cancel);
            await content.CopyToAsync(destination, cancel);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new ConnectionLostException(exception);
        }
    }

    public ValueTask DisposeAsync()
    {
        _held = [];
        return default;
    }

    private static string Address(PostLink link) => $"/posts/{link.Channel}/{link.PostId}";
}
