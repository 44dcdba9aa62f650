namespace DownloaderBot.Sessions;

/// <summary>The other half of the session port: creates and deletes a user's session.</summary>
internal interface IUserLogins
{
    /// <summary>Prepares what the platform's library would otherwise prepare at the first login. Called once, at the start.</summary>
    /// <exception cref="BotException">The platform could not be reached; the first login prepares it then.</exception>
    Task WarmUpAsync(CancellationToken cancel);

    /// <summary>Asks the platform to send the user a code.</summary>
    /// <exception cref="LoginRefusedException">The platform refuses; the message gives the reason.</exception>
    Task<IUserLogin> BeginAsync(long userId, string phone, CancellationToken cancel);

    /// <summary>Ends the user's session permanently. The stored session is deleted even if this throws.</summary>
    /// <exception cref="BotException">The platform could not be notified; the message describes what the user can do.</exception>
    Task ForgetAsync(long userId, CancellationToken cancel);
}

/// <summary>A login in progress. Disposing it cancels it or, once it is done, releases its resources.</summary>
internal interface IUserLogin : IAsyncDisposable
{
    /// <summary>The answer that the platform waits for.</summary>
    LoginStep Step { get; }

    /// <summary>Sends the answer to the platform. If the step stays the same, the answer was wrong.</summary>
    /// <exception cref="LoginRefusedException">The login is over; the message gives the reason.</exception>
    Task AnswerAsync(string answer, CancellationToken cancel);
}

internal enum LoginStep
{
    Code,
    Password,
    Done,
}

/// <summary>The platform refuses a login: a code that expired, a number that is banned or unknown, too many tries.</summary>
internal sealed class LoginRefusedException(string reply, Exception? inner = null) : BotException(reply, inner);
