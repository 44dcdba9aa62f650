using DownloaderBot.Sessions;
using DownloaderBot.Users;

namespace DownloaderBot.Commands;

internal sealed class LoginCommand(SessionManager sessions, UserDirectory users) : ICommand
{
    public string Name => "login";

    public string Summary => "connect your account";

    public async Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        using var lease = await sessions.TryAcquireAsync(call.User.Id, cancel);
        if (lease is null)
        {
            return "All my sessions are busy downloading. Please try /login again in a minute.";
        }

        if (call.User.IsLoggedIn)
        {
            return "You are logged in already.";
        }

        await users.SaveAsync(call.User with { IsLoggedIn = true }, cancel);
        return "You are logged in. Send /dl and a link.";
    }
}
