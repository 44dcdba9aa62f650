namespace DownloaderBot.Users;

/// <summary>Where user records are kept for good.</summary>
internal interface IUserStore
{
    ValueTask<UserRecord?> FindAsync(long userId, CancellationToken cancel);

    ValueTask SaveAsync(UserRecord user, CancellationToken cancel);
}
