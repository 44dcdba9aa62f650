using DownloaderBot.Chat;
using DownloaderBot.Logging;
using DownloaderBot.Sessions;
using DownloaderBot.Users;

namespace DownloaderBot.Logins;

/// <summary>
/// Manages the logins in progress: one per user, few at a time, each with a limit on attempts and time. A waiting login holds a connection to the
/// platform, so whatever ends the login must also close that connection.
/// </summary>
internal sealed class LoginDesk(
    IUserLogins platform, Replier replier, BotOptions options, TimeProvider time, ILogger<LoginDesk> logger)
    : IHostedService, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, PendingLogin> _pending = [];

    // Each start sends a code to a phone number: without a limit, the bot could be used to harass people.
    private readonly PerUserLimit _starts = new(options.LoginsPerHour, TimeSpan.FromHours(1) / options.LoginsPerHour);

    public int Count { get { lock (_lock) { return _pending.Count; } } }

    public bool IsPending(long userId) => Find(userId) is not null;

    /// <summary>Asks the platform to send a code.</summary>
    public async Task<LoginResult> BeginAsync(long userId, string phone, CancellationToken cancel)
    {
        var login = Add(userId);
        return await TalkAsync(login, async ended =>
        {
            login.Platform = await platform.BeginAsync(userId, phone, ended);
            return Waiting(login);
        }, cancel);
    }

    /// <summary>Sends the code or the password to the platform.</summary>
    public async Task<LoginResult> AnswerAsync(long userId, LoginStep step, string answer, CancellationToken cancel)
    {
        if (Find(userId) is not { } login)
        {
            return new(LoginStatus.NotPending);
        }

        return await TalkAsync(login, async ended =>
        {
            if (login.Platform!.Step != step)
            {
                return Waiting(login);
            }

            await login.Platform.AnswerAsync(answer, ended);
            if (login.Platform.Step != step)
            {
                login.AttemptsLeft = options.LoginAttempts;
                return Waiting(login);
            }

            return new(--login.AttemptsLeft > 0 ? LoginStatus.Wrong : LoginStatus.TooOften, login.AttemptsLeft);
        }, cancel);
    }

    /// <summary>Cancels the user's login; returns <see langword="false"/> if there is none.</summary>
    public async Task<bool> CancelAsync(long userId)
    {
        if (Find(userId) is not { } login || !Remove(login))
        {
            return false;
        }

        await CloseAsync(login);
        return true;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        long[] users;
        lock (_lock)
        {
            users = [.. _pending.Keys];
        }

        // A connection that does not close in time goes with the program.
        await ((Task)Task.WhenAll(users.Select(CancelAsync))).WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _starts.Dispose();

    private static LoginResult Waiting(PendingLogin login) => new(login.Platform!.Step switch
    {
        LoginStep.Code => LoginStatus.NeedsCode,
        LoginStep.Password => LoginStatus.NeedsPassword,
        _ => LoginStatus.Done,
    });

    private PendingLogin Add(long userId)
    {
        lock (_lock)
        {
            if (_pending.ContainsKey(userId))
            {
                throw new BotException("You are logging in already. /cancel gives that up, then /login again.");
            }

            if (_pending.Count >= options.MaxPendingLogins)
            {
                throw new BotException("Many people are logging in just now. Please try /login again in a few minutes.");
            }

            if (!_starts.TryTake(userId))
            {
                throw new BotException("You have asked for too many codes. Please try /login again in an hour.");
            }

            var login = new PendingLogin(userId, options.LoginAttempts, options.LoginTimeout, time);
            _pending.Add(userId, login);
            login.Ended.UnsafeRegister(_ => _ = ExpireAsync(login), null);
            return login;
        }
    }

    /// <summary>Calls the platform, one call at a time, and ends the login if that is the outcome.</summary>
    private async Task<LoginResult> TalkAsync(
        PendingLogin login, Func<CancellationToken, Task<LoginResult>> talk, CancellationToken cancel)
    {
        var isOver = true;
        await login.Turn.WaitAsync(cancel);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, login.Ended);
            either.Token.ThrowIfCancellationRequested();
            var result = await talk(either.Token);
            isOver = result.Status is LoginStatus.Done or LoginStatus.TooOften;
            return result;
        }
        catch (OperationCanceledException) when (login.Ended.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return new(LoginStatus.TimedOut);
        }
        finally
        {
            login.Turn.Release();
            if (isOver && Remove(login))
            {
                await CloseAsync(login);
            }
        }
    }

    private async Task ExpireAsync(PendingLogin login)
    {
        // Any other caller that ends a login removes it from the list first.
        if (Remove(login))
        {
            await CloseAsync(login);
            await replier.TellAsync(login.UserId, "Your login has timed out. Please start again with /login.");
        }
    }

    private async Task CloseAsync(PendingLogin login)
    {
        try
        {
            await login.DisposeAsync();
        }
        catch (Exception exception)
        {
            // The login is removed from the list either way.
            logger.LoginNotClosed(login.UserId, RedactedException.Of(exception));
        }
    }

    private PendingLogin? Find(long userId)
    {
        lock (_lock)
        {
            return _pending.GetValueOrDefault(userId);
        }
    }

    private bool Remove(PendingLogin login)
    {
        lock (_lock)
        {
            return _pending.GetValueOrDefault(login.UserId) == login && _pending.Remove(login.UserId);
        }
    }
}

internal enum LoginStatus
{
    NeedsCode,
    NeedsPassword,
    Done,
    Wrong,
    TooOften,
    TimedOut,
    NotPending,
}

/// <summary>The result of a login step, with the attempts left after a wrong answer.</summary>
internal readonly record struct LoginResult(LoginStatus Status, int AttemptsLeft = 0);
