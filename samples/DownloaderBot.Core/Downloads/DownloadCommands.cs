using DownloaderBot.Commands;
using DownloaderBot.Sessions;

namespace DownloaderBot.Downloads;

internal sealed class DownloadCommand(DownloadEnqueuer downloads)
    : Command("dl", "download the file of a post; the link alone does it too", "<link>")
{
    /// <summary>A pasted link is the commonest of all messages.</summary>
    public override bool Takes(string text) => !PostLinks.Read(text).IsEmpty;

    public override Task<string> RunAsync(CommandCall call, CancellationToken cancel) =>
        Task.FromResult(downloads.Enqueue(call.User, LinkArgument.One(call.Argument)));
}

internal sealed class BatchCommand(DownloadEnqueuer downloads, BotOptions options)
    : Command("bdl", "download the files of posts in a row", "<first link> <last link>")
{
    public override Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        var (first, last) = LinkArgument.Two(call.Argument);
        if (!first.Channel.Equals(last.Channel, StringComparison.OrdinalIgnoreCase) || last.PostId < first.PostId)
        {
            throw new BadCommandException("The two posts must be of one channel, the earlier one first.");
        }

        var count = last.PostId - first.PostId + 1L;
        return Task.FromResult(count > options.MaxBatch
            ? $"These are {count} posts; I take {options.MaxBatch} at a time."
            : downloads.Enqueue(call.User, DownloadBatch.Between(first, last)));
    }
}

internal sealed class CancelDownloadCommand(DownloadService downloads)
    : Command("canceldownload", "end your download, waiting or running")
{
    public override async Task<string> RunAsync(CommandCall call, CancellationToken cancel) =>
        await downloads.CancelAsync(call.User.Id)
            ? "Your download is cancelled."
            : "You have no download to cancel.";
}

internal sealed class QueueCommand(DownloadQueue queue) : Command("queue", "where your download is")
{
    public override Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        var position = queue.Position(call.User.Id);
        var job = queue.Find(call.User.Id);
        var own = position > 0 ? $"You are number {position} in the queue."
            : job is not null ? "Your download is running."
            : "You have no download.";
        var batch = job?.Batch is { } of ? $" It is post {of.Position} of {of.Count} of your batch." : string.Empty;
        return Task.FromResult($"{own}{batch} Running: {queue.Running}, waiting: {queue.Waiting}.");
    }
}

internal sealed class KillAllCommand(DownloadService downloads)
    : Command("killall", "cancel everybody's downloads", forAdmins: true)
{
    public override async Task<string> RunAsync(CommandCall call, CancellationToken cancel) =>
        $"Downloads cancelled: {await downloads.CancelAllAsync(cancel)}.";
}
