using DownloaderBot.Commands;
using DownloaderBot.Downloads;

namespace DownloaderBot.Admin;

internal sealed class KillAllCommand(DownloadService downloads) : ICommand
{
    public string Name => "killall";

    public string Summary => "cancel everybody's downloads";

    public bool ForAdmins => true;

    public async Task<string> RunAsync(CommandCall call, CancellationToken cancel) =>
        $"Downloads cancelled: {await downloads.CancelAllAsync(cancel)}.";
}
