using DownloaderBot.Commands;
using DownloaderBot.Downloads;
using DownloaderBot.Sessions;
using DownloaderBot.Users;

namespace DownloaderBot.Logins;

internal sealed class LoginCommand(LoginFlow logins, MemoryRoom room)
    : Command("login", "connect your account", "+<phone>", takesSecret: true)
{
    public override Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        if (call.User.IsLoggedIn)
        {
            return Task.FromResult("You are logged in already.");
        }

        if (room.IsShort)
        {
            return Task.FromResult(MemoryRoom.ShortReply);
        }

        var phone = PhoneNumber.Normalize(call.Argument) ?? throw new BadCommandException(
            "Please add your phone number with its country code, like this: /login +12025550123");
        return logins.BeginAsync(call.User.Id, phone, cancel);
    }
}

internal sealed class VerifyCommand(LoginFlow logins)
    : Command("verify", "the login code, typed with spaces: 1 2 3 4 5", "<code>", takesSecret: true)
{
    public override Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        var code = LoginCode.Normalize(call.Argument) ?? throw new BadCommandException(
            "That is not a login code. Type it with spaces between its digits, like this: /verify 1 2 3 4 5");
        return logins.AnswerAsync(call.User.Id, LoginStep.Code, code, cancel);
    }
}

internal sealed class PasswordCommand(LoginFlow logins)
    : Command("password", "your account's password, where it has one", "<2fa>", takesSecret: true)
{
    public override Task<string> RunAsync(CommandCall call, CancellationToken cancel) => call.Argument.Length == 0
        ? throw new BadCommandException("Please add the password: /password and then your account's password.")
        : logins.AnswerAsync(call.User.Id, LoginStep.Password, call.Argument, cancel);
}

internal sealed class CancelCommand(LoginDesk desk) : Command("cancel", "give up logging in")
{
    public override async Task<string> RunAsync(CommandCall call, CancellationToken cancel) => await desk.CancelAsync(call.User.Id)
        ? "Your login is cancelled."
        : "You are not logging in right now. /canceldownload ends a download.";
}

internal sealed class LogoutCommand(
    SessionManager sessions, DownloadQueue queue, IUserLogins platform, UserDirectory users) : Command("logout", "disconnect your account")
{
    public override async Task<string> RunAsync(CommandCall call, CancellationToken cancel)
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
