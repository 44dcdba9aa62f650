using DownloaderBot.Commands;
using DownloaderBot.Sessions;

namespace DownloaderBot.Logins;

internal sealed class PasswordCommand(LoginFlow logins) : ICommand
{
    public string Name => "password";

    public string Usage => "<2fa>";

    public string Summary => "your account's password, where it has one";

    public bool TakesSecret => true;

    public Task<string> RunAsync(CommandCall call, CancellationToken cancel) => call.Argument.Length == 0
        ? throw new BadCommandException("Please add the password: /password and then your account's password.")
        : logins.AnswerAsync(call.User.Id, LoginStep.Password, call.Argument, cancel);
}
