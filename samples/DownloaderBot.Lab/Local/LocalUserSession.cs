using System.Net;
using DownloaderBot.Sessions;

namespace DownloaderBot.Local;

/// <summary>The user-session port on the local platform.</summary>
internal sealed class LocalUserSession(HttpClient client, int megabytes) : IUserSession
{
    private byte[][] _held = HeldMemory.Take(megabytes);

    public async Task<IReadOnlyList<MediaInfo>> FindFilesAsync(PostLink link, bool wholeAlbum, CancellationToken cancel)
    {
        var post = await ReadAsync(link, cancel);
        if (!wholeAlbum || post.Album.Length == 0)
        {
            return [Describe(link, post) ?? throw new NoMediaException(link)];
        }

        var files = new List<MediaInfo>();
        foreach (var id in post.Album)
        {
            var one = link with { PostId = id };
            if (Describe(one, await ReadAsync(one, cancel)) is { } file)
            {
                files.Add(file);
            }
        }

        return files;
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

    private static MediaInfo? Describe(PostLink link, LocalPostInfo post) => post.SizeBytes is { } size
        ? new MediaInfo(link, post.FileName, size) { Caption = post.Caption, Video = post.Video }
        : null;

    private async Task<LocalPostInfo> ReadAsync(PostLink link, CancellationToken cancel)
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
        return (await response.Content.ReadFromJsonAsync<LocalPostInfo>(cancel))!;
    }

    private static string Address(PostLink link) => $"/posts/{link.Channel}/{link.PostId}";
}

internal sealed class LocalUserSessionFactory(LocalPlatform platform, LocalOptions options) : IUserSessionFactory
{
    public Task<IUserSession> LogInAsync(long userId, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult<IUserSession>(new LocalUserSession(platform.Client, options.SessionMegabytes));
    }
}
