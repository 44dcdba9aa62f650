using System.Collections.Concurrent;

namespace DownloaderBot.Users;

/// <summary>Forgets everybody at a restart; only users who logged in are in it.</summary>
internal sealed class InMemoryUserStore : IUserStore
{
    private readonly ConcurrentDictionary<long, UserRecord> _users = new();

    public ValueTask<UserRecord?> FindAsync(long userId, CancellationToken cancel) => new(_users.GetValueOrDefault(userId));

    public ValueTask SaveAsync(UserRecord user, CancellationToken cancel)
    {
        _users[user.Id] = user;
        return default;
    }
}
