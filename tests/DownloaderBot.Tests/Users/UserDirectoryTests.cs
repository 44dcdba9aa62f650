using DownloaderBot.Storage;
using DownloaderBot.Users;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DownloaderBot.Tests.Users;

public sealed class UserDirectoryTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CountingStore _store = new();
    private readonly UserDirectory _users;

    public UserDirectoryTests() => _users = new(_store, new BotOptions { CachedUsers = 50 }, _time, NullLogger<UserDirectory>.Instance);

    public void Dispose() => _users.Dispose();

    [Fact]
    public async Task A_record_is_read_once_in_two_minutes()
    {
        await _users.GetAsync(1, default);
        await _users.GetAsync(1, default);
        _store.Reads.Should().Be(1);

        _time.Advance(TimeSpan.FromMinutes(2));
        await _users.GetAsync(1, default);
        _store.Reads.Should().Be(2);
    }

    [Fact]
    public async Task What_is_saved_is_seen_at_once_and_kept_for_good()
    {
        await _users.GetAsync(1, default);
        await _users.ChangeAsync(1, user => user with { IsLoggedIn = true }, default);

        (await _users.GetAsync(1, default)).IsLoggedIn.Should().BeTrue();
        _time.Advance(TimeSpan.FromHours(1));
        (await _users.GetAsync(1, default)).IsLoggedIn.Should().BeTrue();
    }

    [Fact]
    public async Task Changes_of_one_record_at_a_time_do_not_undo_each_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () => await _users.ChangeAsync(
            1, user => user with { LastSeen = (user.LastSeen ?? DateTimeOffset.UnixEpoch).AddSeconds(1) }, default))));

        (await _users.GetAsync(1, default)).LastSeen.Should().Be(DateTimeOffset.UnixEpoch.AddSeconds(100));
    }

    [Fact]
    public async Task That_somebody_was_seen_is_written_once_in_ten_minutes()
    {
        await _users.SeeAsync(await _users.GetAsync(1, default), default);
        var first = (await _users.GetAsync(1, default)).LastSeen;
        first.Should().Be(_time.GetUtcNow());

        _time.Advance(TimeSpan.FromMinutes(9));
        await _users.SeeAsync(await _users.GetAsync(1, default), default);
        (await _users.GetAsync(1, default)).LastSeen.Should().Be(first);

        _time.Advance(TimeSpan.FromMinutes(1));
        await _users.SeeAsync(await _users.GetAsync(1, default), default);
        (await _users.GetAsync(1, default)).LastSeen.Should().Be(_time.GetUtcNow());
    }

    [Fact]
    public async Task That_a_sighting_cannot_be_kept_refuses_nobody()
    {
        _store.IsFull = true;

        await _users.Invoking(async u => await u.SeeAsync(new(1), default)).Should().NotThrowAsync();
    }

    [Fact]
    public async Task The_cache_never_grows_past_its_bound()
    {
        for (var id = 0; id < 1000; id++)
        {
            (await _users.GetAsync(id, default)).Id.Should().Be(id);
            _users.CachedCount.Should().BeLessThanOrEqualTo(50);
        }

        _users.CachedCount.Should().BeGreaterThan(0);
    }

    private sealed class CountingStore : IUserStore
    {
        private readonly InMemoryUserStore _store = new();

        public int Reads { get; private set; }

        public bool IsFull { get; set; }

        public ValueTask<UserRecord?> FindAsync(long userId, CancellationToken cancel)
        {
            Reads++;
            return _store.FindAsync(userId, cancel);
        }

        public ValueTask SaveAsync(UserRecord user, CancellationToken cancel) =>
            IsFull ? throw new StorageException("full") : _store.SaveAsync(user, cancel);
    }
}
