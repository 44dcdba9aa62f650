using DownloaderBot.Commands;
using DownloaderBot.Downloads;
using DownloaderBot.Sessions;
using DownloaderBot.Users;

namespace DownloaderBot.Logins;

internal sealed class LogoutCommand(
    SessionManager sessions, DownloadQueue queue, IUserLogins platform, UserDirectory users) : ICommand
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

        try
        {
            await platform.ForgetAsync(call.User.Id, cancel);
        }
        finally
        {
            await users.ChangeAsync(call.User.Id, user => user with { IsLoggedIn = false }, cancel);
        }

        return "You are logged out.";
    }
}
