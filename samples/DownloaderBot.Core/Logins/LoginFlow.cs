using DownloaderBot.Sessions;
using DownloaderBot.Users;
using MemoryWatch;

namespace DownloaderBot.Logins;

/// <summary>Shared by the login commands: the reply for each step, and the actions after the last one.</summary>
internal sealed class LoginFlow(LoginDesk desk, SessionManager sessions, UserDirectory users, IMemoryWatch watch)
{
    private bool _hasLoggedIn;

    public Task<string> BeginAsync(long userId, string phone, CancellationToken cancel) => TrackAsync(userId, "Phone", async () =>
        await ReplyAsync(userId, LoginStep.Code, await desk.BeginAsync(userId, phone, cancel), cancel));

    public Task<string> AnswerAsync(long userId, LoginStep step, string answer, CancellationToken cancel) =>
        TrackAsync(userId, step.ToString(), async () =>
            await ReplyAsync(userId, step, await desk.AnswerAsync(userId, step, answer, cancel), cancel));

    /// <summary>
    /// Follows a step of a login. Until the first login of a run is done, the steps have another name: they also pay for what is prepared once and
    /// was not part of the warm-up, which is not what a session costs.
    /// </summary>
    private async Task<string> TrackAsync(long userId, string step, Func<Task<string>> talk)
    {
        using var scope = watch.Track(Volatile.Read(ref _hasLoggedIn) ? "Login" : "First Login", $"User {userId} | Step: {step}");
        try
        {
            return await talk();
        }
        catch (Exception exception)
        {
            // What a platform says of a login may hold a phone number or a code.
            scope.Fail(RedactedException.Of(exception));
            throw;
        }
    }

    private async Task<string> ReplyAsync(long userId, LoginStep step, LoginResult result, CancellationToken cancel)
    {
        var noun = step == LoginStep.Code ? "code" : "password";
        return result.Status switch
        {
            LoginStatus.NeedsCode =>
                "Telegram sends you a login code. Type it with spaces between its digits, like this: /verify 1 2 3 4 5\n"
                + "In one piece Telegram would cancel it. /cancel gives up.",
            LoginStatus.NeedsPassword => "Your account has a password too. Type /password and the password. /cancel gives up.",
            LoginStatus.Done => await FinishAsync(userId, cancel),
            LoginStatus.Wrong => $"That {noun} is wrong. Attempts left: {result.AttemptsLeft}.",
            LoginStatus.TooOften => $"That {noun} was wrong too often. Please start again with /login.",
            LoginStatus.TimedOut => "That took too long. Please start again with /login.",
            _ => "You are not logging in right now. Start with /login and your phone number.",
        };
    }

    private async Task<string> FinishAsync(long userId, CancellationToken cancel)
    {
        // Null if all sessions are in use: the user is logged in all the same and is connected when needed.
        using var lease = await sessions.TryAcquireAsync(userId, cancel);
        await users.ChangeAsync(userId, user => user with { IsLoggedIn = true }, cancel);
        Volatile.Write(ref _hasLoggedIn, true);
        return "You are logged in. Send me the link of a post.";
    }
}
