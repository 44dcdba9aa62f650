using DownloaderBot.Downloads;

namespace DownloaderBot.Commands;

internal sealed class QueueCommand(DownloadQueue queue) : ICommand
{
    public string Name => "queue";

    public string Summary => "where your download is";

    public Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        var position = queue.Position(call.User.Id);
        var own = position > 0 ? $"You are number {position} in the queue."
            : queue.Find(call.User.Id) is not null ? "Your download is running."
            : "You have no download.";
        return Task.FromResult($"{own} Running: {queue.Running}, waiting: {queue.Waiting}.");
    }
}
