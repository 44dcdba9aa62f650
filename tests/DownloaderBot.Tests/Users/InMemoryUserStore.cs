using System.Collections.Concurrent;

using DownloaderBot.Users;

namespace DownloaderBot.Tests.Users;

/// <summary>A store without a file, for tests of what is in front of it.</summary>
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
