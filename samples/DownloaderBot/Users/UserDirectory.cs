using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace DownloaderBot.Users;

/// <summary>User records: a bounded cache in front of the store.</summary>
internal sealed class UserDirectory(IUserStore store, BotOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(2);

    private readonly MemoryCache _cache = new(new MemoryCacheOptions
    {
        SizeLimit = options.CachedUsers,
        Clock = new Clock(time),
    });

    /// <summary>Records in the cache now.</summary>
    public int CachedCount => _cache.Count;

    /// <summary>The record of a user; a blank one for somebody new.</summary>
    public async ValueTask<UserRecord> GetAsync(long userId, CancellationToken cancel)
    {
        if (_cache.TryGetValue(userId, out UserRecord? cached))
        {
            return cached!;
        }

        var user = await store.FindAsync(userId, cancel) ?? new UserRecord(userId);
        Cache(user);
        return user;
    }

    public async ValueTask SaveAsync(UserRecord user, CancellationToken cancel)
    {
        await store.SaveAsync(user, cancel);
        Cache(user);
    }

    public void Dispose() => _cache.Dispose();

    private void Cache(UserRecord user) => _cache.Set(
        user.Id, user, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = KeptFor });

    private sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
