namespace DownloaderBot.Sessions;

/// <summary>The user-session port: a user's own logged-in connection. Disposing disconnects it.</summary>
internal interface IUserSession : IAsyncDisposable
{
    /// <summary>Finds out what a post holds, without downloading it.</summary>
    /// <exception cref="PostNotFoundException">There is no such post, or the user may not see it.</exception>
    /// <exception cref="NoMediaException">The post is text alone.</exception>
    Task<MediaInfo> FindMediaAsync(PostLink link, CancellationToken cancel);

    /// <summary>Downloads the media as it comes in; reports the bytes received so far.</summary>
    /// <exception cref="DownloadCutException">The connection broke.</exception>
    Task DownloadAsync(MediaInfo media, Stream destination, IProgress<long>? progress, CancellationToken cancel);
}
