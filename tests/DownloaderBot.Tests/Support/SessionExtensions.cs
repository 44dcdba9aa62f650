using DownloaderBot.Sessions;

namespace DownloaderBot.Tests.Support;

/// <summary>The user-session port for tests of a single file that do not ask what a download costs.</summary>
internal static class SessionExtensions
{
    public static async Task<MediaInfo> FindMediaAsync(this IUserSession session, PostLink link, CancellationToken cancel) =>
        (await session.FindFilesAsync(link, wholeAlbum: false, cancel)).Single();

    public static Task DownloadAsync(this IUserSession session, MediaInfo media, Stream destination, CancellationToken cancel) =>
        session.DownloadAsync(media, offset: 0, destination, static _ => { }, cancel);
}
