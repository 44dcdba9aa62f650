using DownloaderBot.Commands;
using DownloaderBot.Sessions;

namespace DownloaderBot.Downloads;

internal sealed class DownloadCommand(DownloadEnqueuer downloads) : ICommand
{
    public string Name => "dl";

    public string Usage => "<link>";

    public string Summary => "download the file of a post; the link alone does it too";

    /// <summary>A pasted link is the commonest of all messages.</summary>
    public bool Takes(string text) => !PostLinks.Read(text).IsEmpty;

    public Task<string> RunAsync(CommandCall call, CancellationToken cancel) =>
        Task.FromResult(downloads.Enqueue(call.User, LinkArgument.One(call.Argument)));
}
