namespace DownloaderBot.Sessions;

internal interface IUserSessionFactory
{
    /// <summary>Connects a user who has logged in before.</summary>
    Task<IUserSession> LogInAsync(long userId, CancellationToken cancel);
}
