using DownloaderBot.Commands;

namespace DownloaderBot.Logins;

internal sealed class CancelCommand(LoginDesk desk) : ICommand
{
    public string Name => "cancel";

    public string Summary => "give up logging in";

    public async Task<string> RunAsync(CommandCall call, CancellationToken cancel) => await desk.CancelAsync(call.User.Id)
        ? "Your login is cancelled."
        : "You are not logging in right now. /canceldownload ends a download.";
}
