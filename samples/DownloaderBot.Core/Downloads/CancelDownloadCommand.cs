using DownloaderBot.Commands;

namespace DownloaderBot.Downloads;

internal sealed class CancelDownloadCommand(DownloadService downloads) : ICommand
{
    public string Name => "canceldownload";

    public string Summary => "end your download, waiting or running";

    public async Task<string> RunAsync(CommandCall call, CancellationToken cancel) =>
        await downloads.CancelAsync(call.User.Id)
            ? "Your download is cancelled."
            : "You have no download to cancel.";
}
