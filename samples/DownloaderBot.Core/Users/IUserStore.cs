namespace DownloaderBot.Users;

/// <summary>Stores user records permanently.</summary>
internal interface IUserStore
{
    ValueTask<UserRecord?> FindAsync(long userId, CancellationToken cancel);

    ValueTask SaveAsync(UserRecord user, CancellationToken cancel);
}
