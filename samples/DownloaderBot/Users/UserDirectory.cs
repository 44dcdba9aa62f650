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

    /// <summary>Not every command is worth a write to the disk.</summary>
    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(10);

    /// <summary>One at a time: an admin's change and the user's own to one record must not undo each other.</summary>
    private readonly SemaphoreSlim _changes = new(1);
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

    /// <summary>Changes a record and keeps it for good; returns the changed one.</summary>
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

    /// <summary>Notes that the user is about. That this cannot be kept is no reason to refuse the command.</summary>
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

    public void Dispose()
    {
        _cache.Dispose();
        _changes.Dispose();
    }

    /// <summary>Under the lock, so that what was read before a change is not cached after it.</summary>
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
