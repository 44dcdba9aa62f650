namespace DownloaderBot.Sessions;

/// <summary>
/// The user-session port: a user's own logged-in connection. Disposing disconnects it. Any call may find that the platform
/// has ended the session, or that it wants to be left alone for a while.
/// </summary>
internal interface IUserSession : IAsyncDisposable
{
    /// <summary>Finds out what a post holds, without downloading it.</summary>
    /// <exception cref="PostNotFoundException">There is no such post, or the user may not see it.</exception>
    /// <exception cref="NoMediaException">The post is text alone.</exception>
    Task<MediaInfo> FindMediaAsync(PostLink link, CancellationToken cancel);

    /// <summary>Downloads the media, writing it as it comes in: what is written is how far it is.</summary>
    /// <param name="media">What to download.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="spent">Is told, as it goes, how many bytes the platform allocates for it outside of the caller's async flow.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="DownloadCutException">The connection broke.</exception>
    Task DownloadAsync(MediaInfo media, Stream destination, Action<long> spent, CancellationToken cancel);
}
