namespace DownloaderBot.Sessions;

/// <summary>The session port's other half: how a user gets a session in the first place, and gets rid of it.</summary>
internal interface IUserLogins
{
    /// <summary>Asks the platform to send the user a code.</summary>
    /// <exception cref="LoginRefusedException">The platform does not want to; the message says why.</exception>
    Task<IUserLogin> BeginAsync(long userId, string phone, CancellationToken cancel);

    /// <summary>Ends the user's session for good: what is stored of it is gone, also where this throws.</summary>
    /// <exception cref="BotException">The platform could not be told; the message says what its user can do.</exception>
    Task ForgetAsync(long userId, CancellationToken cancel);
}
