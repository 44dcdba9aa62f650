using DownloaderBot.Sessions;

namespace DownloaderBot.Tests.Support;

/// <summary>The user-session port for tests that do not ask what a download costs.</summary>
internal static class SessionExtensions
{
    public static Task DownloadAsync(this IUserSession session, MediaInfo media, Stream destination, CancellationToken cancel) =>
        session.DownloadAsync(media, offset: 0, destination, static _ => { }, cancel);
}
