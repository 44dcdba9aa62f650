using DownloaderBot.Logging;
using DownloaderBot.Storage;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace DownloaderBot.Users;

/// <summary>User records: a bounded cache in front of the store.</summary>
internal sealed class UserDirectory(
    IUserStore store, BotOptions options, TimeProvider time, ILogger<UserDirectory> logger) : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(2);

    /// <summary>Minimum time between two writes of a user's last use, because not every command is worth a disk write.</summary>
    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(10);

    /// <summary>Allows one change at a time: an admin's change and the user's change to one record must not undo each other.</summary>
    private readonly SemaphoreSlim _changes = new(1);
    private readonly MemoryCache _cache = new(new MemoryCacheOptions
    {
        SizeLimit = options.CachedUsers,
        Clock = new Clock(time),
    });

    /// <summary>Number of records in the cache.</summary>
    public int CachedCount => _cache.Count;

    /// <summary>Returns the record of a user; a blank one for a new user.</summary>
    public async ValueTask<UserRecord> GetAsync(long userId, CancellationToken cancel)
    {
        if (_cache.TryGetValue(userId, out UserRecord? cached))
        {
            return cached!;
        }

        await _changes.WaitAsync(cancel);
        try
        {
            return await FillAsync(userId, cancel);
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>Changes a record and stores it permanently; returns the changed record.</summary>
    public async ValueTask<UserRecord> ChangeAsync(
        long userId, Func<UserRecord, UserRecord> change, CancellationToken cancel)
    {
        await _changes.WaitAsync(cancel);
        try
        {
            var user = change(await FillAsync(userId, cancel));
            await store.SaveAsync(user, cancel);
            Cache(user);
            return user;
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>Records that the user is active. A failed write is not a reason to refuse the command.</summary>
    public async ValueTask SeeAsync(UserRecord user, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (user.LastSeen is { } seen && now - seen < SeenStep)
        {
            return;
        }

        try
        {
            await ChangeAsync(user.Id, u => u with { LastSeen = now }, cancel);
        }
        catch (StorageException exception)
        {
            logger.NotSeen(user.Id, exception.InnerException?.Message ?? exception.Message);
        }
    }

    /// <summary>Forgets the cached records; they are read from the store again when needed.</summary>
    public Task ForgetAsync()
    {
        _cache.Compact(1);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _cache.Dispose();
        _changes.Dispose();
    }

    /// <summary>Runs under the lock, so that a value read before a change is not cached after it.</summary>
    private async ValueTask<UserRecord> FillAsync(long userId, CancellationToken cancel)
    {
        if (!_cache.TryGetValue(userId, out UserRecord? user))
        {
            user = await store.FindAsync(userId, cancel) ?? new UserRecord(userId);
            Cache(user);
        }

        return user!;
    }

    private void Cache(UserRecord user) => _cache.Set(
        user.Id, user, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = KeptFor });

    private sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
