using DownloaderBot.Sessions;
using DownloaderBot.Tests.Support;
using DownloaderBot.Tests.Telegram.Sessions.StandIn;
using TL.Methods;

namespace DownloaderBot.Tests.Telegram.Sessions;

/// <summary>One post with one file, and its download.</summary>
internal static class Downloads
{
    public const long FileId = 9;

    private const long ChannelId = 100;

    public static PostLink Link { get; } = new("demo", 5);

    public static async Task<SessionsHost> WithFileAsync(long bytes, TimeProvider? time = null, int dataCentre = StandInPosts.MainDataCentre)
    {
        var host = new SessionsHost { Time = time ?? TimeProvider.System };
        await host.RestartAsync();
        await host.LogInAsync();
        host.Server.Posts.AddChannel(ChannelId, Link.Channel);
        Post(host, bytes, dataCentre: dataCentre);
        return host;
    }

    public static void Post(SessionsHost host, long bytes, long fileId = FileId, int dataCentre = StandInPosts.MainDataCentre) =>
        host.Server.Posts.AddPost(ChannelId, Link.PostId, host.Server.Posts.AddDocument(fileId, bytes, dataCentre: dataCentre));

    public static async Task<byte[]> DownloadAsync(IUserSession session)
    {
        var media = await session.FindMediaAsync(Link, TestTime.Limit);
        var file = new MemoryStream();
        await session.DownloadAsync(media, file, TestTime.Limit);
        return file.ToArray();
    }

    /// <summary>Where the parts began that were asked for, in that order.</summary>
    public static IEnumerable<long> PartsAsked(SessionsHost host) => host.Server.CallsOf<Upload_GetFile>().Select(c => c.offset);
}
