using DownloaderBot.Commands;

namespace DownloaderBot.Downloads;

internal sealed class QueueCommand(DownloadQueue queue) : ICommand
{
    public string Name => "queue";

    public string Summary => "where your download is";

    public Task<string> RunAsync(CommandCall call, CancellationToken cancel)
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
