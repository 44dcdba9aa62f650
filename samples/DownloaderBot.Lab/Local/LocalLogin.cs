using DownloaderBot.Sessions;

namespace DownloaderBot.Local;

/// <summary>The login port on the local platform.</summary>
internal sealed class LocalLogin(string code, string? password, Action over) : IUserLogin
{
    private volatile bool _isGivenAway;

    public LoginStep Step { get; private set; } = LoginStep.Code;

    public void Overhear(string text) => _isGivenAway |= text.Contains(code, StringComparison.Ordinal);

    public Task AnswerAsync(string answer, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (Step == LoginStep.Code && _isGivenAway)
        {
            throw new LoginRefusedException(
                "That code is no longer valid: Telegram cancels a code that is sent in one piece. "
                + "Start again with /login, and type the next one with spaces: /verify 1 2 3 4 5");
        }

        Step = (Step, answer) switch
        {
            (LoginStep.Code, _) when answer == code => password is null ? LoginStep.Done : LoginStep.Password,
            (LoginStep.Password, _) when answer == password => LoginStep.Done,
            _ => Step,
        };
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        over();
        return default;
    }
}
