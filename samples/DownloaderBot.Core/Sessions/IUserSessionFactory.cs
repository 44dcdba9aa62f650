namespace DownloaderBot.Sessions;

internal interface IUserSessionFactory
{
    /// <summary>Connects a user who has logged in before.</summary>
    /// <exception cref="SessionEndedException">The platform has ended the session, or the session is lost.</exception>
    Task<IUserSession> LogInAsync(long userId, CancellationToken cancel);
}
