using DownloaderBot.Commands;
using DownloaderBot.Sessions;

namespace DownloaderBot.Logins;

internal sealed class VerifyCommand(LoginFlow logins) : ICommand
{
    public string Name => "verify";

    public string Usage => "<code>";

    public string Summary => "the login code, typed with spaces: 1 2 3 4 5";

    public bool TakesSecret => true;

    public Task<string> RunAsync(CommandCall call, CancellationToken cancel)
    {
        var code = LoginCode.Normalize(call.Argument) ?? throw new BadCommandException(
            "That is not a login code. Type it with spaces between its digits, like this: /verify 1 2 3 4 5");
        return logins.AnswerAsync(call.User.Id, LoginStep.Code, code, cancel);
    }
}
