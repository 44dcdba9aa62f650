namespace DownloaderBot.Sessions;

/// <summary>
/// The user-session port: a user's logged-in connection. Disposing it disconnects it. Any call may find that the platform has ended the session,
/// or that it requires a pause.
/// </summary>
internal interface IUserSession : IAsyncDisposable
{
    /// <summary>Finds the media of a post, without downloading it.</summary>
    /// <param name="link">The post.</param>
    /// <param name="wholeAlbum">Whether to find all media of the album that the post may be part of, in its order; there is at least one.</param>
    /// <param name="cancel">Cancels the search.</param>
    /// <exception cref="PostNotFoundException">There is no such post, or the user may not see it.</exception>
    /// <exception cref="NoMediaException">The post contains only text.</exception>
    Task<IReadOnlyList<MediaInfo>> FindFilesAsync(PostLink link, bool wholeAlbum, CancellationToken cancel);

    /// <summary>Downloads the media and writes it as it arrives, so the written bytes show the progress.</summary>
    /// <param name="media">The media to download.</param>
    /// <param name="offset">Where to begin, in bytes: after an interruption, the bytes already written.</param>
    /// <param name="destination">The stream to write to; its next byte is that at the offset.</param>
    /// <param name="spent">
    /// Called during the download with the number of bytes that the platform allocates for it outside the caller's async flow.
    /// </param>
    /// <param name="cancel">Cancels the download.</param>
    /// <exception cref="ConnectionLostException">The connection broke. What was written is a complete part of the file.</exception>
    /// <exception cref="DownloadCutException">The rest of the file cannot be had.</exception>
    Task DownloadAsync(MediaInfo media, long offset, Stream destination, Action<long> spent, CancellationToken cancel);
}

internal interface IUserSessionFactory
{
    /// <summary>Connects a user who has logged in before.</summary>
    /// <exception cref="SessionEndedException">The platform has ended the session, or the session is lost.</exception>
    Task<IUserSession> LogInAsync(long userId, CancellationToken cancel);
}
