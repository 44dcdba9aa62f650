using DownloaderBot.Downloads;
using DownloaderBot.Sessions;
using DownloaderBot.Users;

namespace DownloaderBot.Commands;

internal sealed class LogoutCommand(SessionManager sessions, DownloadQueue queue, UserDirectory users) : ICommand
{
    public string Name => "logout";

    public string Summary => "disconnect your account";

    public async Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        if (!call.User.IsLoggedIn)
        {
            return "You are not logged in.";
        }

        if (queue.Find(call.User.Id) is not null || !await sessions.TryDisconnectAsync(call.User.Id))
        {
            return "You have a download in the works. Wait for it or /canceldownload, then /logout.";
        }

        await users.SaveAsync(call.User with { IsLoggedIn = false }, cancel);
        return "You are logged out.";
    }
}
