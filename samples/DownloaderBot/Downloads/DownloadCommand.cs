using DownloaderBot.Commands;
using DownloaderBot.Sessions;

namespace DownloaderBot.Downloads;

internal sealed class DownloadCommand(DownloadEnqueuer downloads) : ICommand
{
    public string Name => "dl";

    public string Usage => "<link>";

    public string Summary => "download the file of a post";

    public Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        var link = PostLink.Parse(call.Argument)
            ?? throw new BadCommandException("That is not a link to a post. It looks like this: /dl https://t.me/channel/123");
        return Task.FromResult(downloads.Enqueue(call.User, link));
    }
}
