using DownloaderBot.Commands;

namespace DownloaderBot.Logins;

internal sealed class LoginCommand(LoginFlow logins) : ICommand
{
    public string Name => "login";

    public string Usage => "+<phone>";

    public string Summary => "connect your account";

    public bool TakesSecret => true;

    public Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        if (call.User.IsLoggedIn)
        {
            return Task.FromResult("You are logged in already.");
        }

        var phone = PhoneNumber.Normalize(call.Argument) ?? throw new BadCommandException(
            "Please add your phone number with its country code, like this: /login +12025550123");
        return logins.BeginAsync(call.User.Id, phone, cancel);
    }
}
