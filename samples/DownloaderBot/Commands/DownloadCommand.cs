using DownloaderBot.Downloads;
using DownloaderBot.Sessions;
using MemoryWatch;

namespace DownloaderBot.Commands;

internal sealed class DownloadCommand(DownloadService downloads, IMemoryWatch watch, BotOptions options) : ICommand
{
    public string Name => "dl";

    public string Usage => "<link>";

    public string Summary => "download the file of a post";

    public Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        var link = PostLink.Parse(call.Argument)
            ?? throw new BadCommandException("That is not a link to a post. It looks like this: /dl https://t.me/channel/123");
        return Task.FromResult(call.User.IsLoggedIn ? Enqueue(call, link) : "Please /login first.");
    }

    private string Enqueue(CommandCall call, PostLink link)
    {
        var result = downloads.Enqueue(call.User, link);
        switch (result.Status)
        {
            case EnqueueStatus.Started:
                return "Your download starts now.";
            case EnqueueStatus.Waiting:
                return $"You are number {result.Position} in the queue. /canceldownload to leave it.";
            case EnqueueStatus.AlreadyThere:
                return "You have a download already, and it is one at a time. /queue shows it, /canceldownload ends it.";
            case EnqueueStatus.Full:
                watch.Mark("Download Refused", $"User {call.User.Id} | Queue full: {options.MaxQueue} waiting");
                return $"The queue is full: {options.MaxQueue} are waiting. Please try again in a few minutes.";
            default:
                return "I am being restarted. Please try again in a minute.";
        }
    }
}
