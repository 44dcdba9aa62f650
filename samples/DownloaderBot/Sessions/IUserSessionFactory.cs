namespace DownloaderBot.Sessions;

internal interface IUserSessionFactory
{
    /// <summary>Connects and logs the user in.</summary>
    Task<IUserSession> LogInAsync(long userId, CancellationToken cancel);
}
