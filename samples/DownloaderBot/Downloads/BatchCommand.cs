using DownloaderBot.Commands;
using DownloaderBot.Sessions;

namespace DownloaderBot.Downloads;

internal sealed class BatchCommand(DownloadEnqueuer downloads, BotOptions options) : ICommand
{
    public string Name => "bdl";

    public string Usage => "<first link> <last link>";

    public string Summary => "download the files of posts in a row";

    public Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        var links = call.Argument.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (links.Length != 2 || PostLink.Parse(links[0]) is not { } first || PostLink.Parse(links[1]) is not { } last)
        {
            throw new BadCommandException(
                "I need the links of the first and the last post, like this: /bdl https://t.me/channel/123 https://t.me/channel/130");
        }

        if (!first.Channel.Equals(last.Channel, StringComparison.OrdinalIgnoreCase) || last.PostId < first.PostId)
        {
            throw new BadCommandException("The two posts must be of one channel, the earlier one first.");
        }

        var count = last.PostId - first.PostId + 1L;
        return Task.FromResult(count > options.MaxBatch
            ? $"These are {count} posts; I take {options.MaxBatch} at a time."
            : downloads.Enqueue(call.User, new DownloadBatch(
                [.. Enumerable.Range(first.PostId, (int)count).Select(id => first with { PostId = id })])));
    }
}
