using DownloaderBot.Commands;
using DownloaderBot.Downloads;
using DownloaderBot.Sessions;
using MemoryWatch;

namespace DownloaderBot.Scenarios.Faulty;

/// <summary>
/// Faulty on purpose: reads the whole post into memory and keeps it in a list that is never emptied. Downloads/PostDelivery.cs shows the
/// correct way.
/// </summary>
internal sealed class FaultyDownloadCommand(SessionManager sessions, IMemoryWatch watch)
    : Command("faultydl", "a faulty handler: keeps what it downloads in memory", "<link>")
{
    private readonly List<byte[]> _kept = [];

    public override async Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        var link = LinkArgument.One(call.Argument);
        using var lease = await sessions.AcquireAsync(call.User.Id, cancel);
        var media = (await lease.Session.FindFilesAsync(link, wholeAlbum: false, cancel))[0];
        await watch.TrackAsync("Faulty Download", $"User {call.User.Id} | File size: {Text.Megabytes(media.SizeBytes)}", async scope =>
        {
            var whole = new byte[media.SizeBytes];
            using var memory = new MemoryStream(whole);
            await lease.Session.DownloadAsync(media, offset: 0, memory, scope.Charge, cancel);
            lock (_kept)
            {
                _kept.Add(whole);
            }
        });
        return $"Downloaded {media.FileName}, and kept it.";
    }
}
