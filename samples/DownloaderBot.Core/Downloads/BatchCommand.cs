using DownloaderBot.Commands;

namespace DownloaderBot.Downloads;

internal sealed class BatchCommand(DownloadEnqueuer downloads, BotOptions options) : ICommand
{
    public string Name => "bdl";

    public string Usage => "<first link> <last link>";

    public string Summary => "download the files of posts in a row";

    public Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        var (first, last) = LinkArgument.Two(call.Argument);
        if (!first.Channel.Equals(last.Channel, StringComparison.OrdinalIgnoreCase) || last.PostId < first.PostId)
        {
            throw new BadCommandException("The two posts must be of one channel, the earlier one first.");
        }

        var count = last.PostId - first.PostId + 1L;
        return Task.FromResult(count > options.MaxBatch
            ? $"These are {count} posts; I take {options.MaxBatch} at a time."
            : downloads.Enqueue(call.User, new DownloadBatch(
                [.. Enumerable.Range(first.PostId, (int)count).Select(id => first with { PostId = id, IsSingle = false })])));
    }
}
