using DownloaderBot.Users;
using Microsoft.Extensions.Time.Testing;

namespace DownloaderBot.Tests.Users;

public sealed class UserDirectoryTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CountingStore _store = new();
    private readonly UserDirectory _users;

    public UserDirectoryTests() => _users = new(_store, new BotOptions { CachedUsers = 50 }, _time);

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
        await _users.SaveAsync(new(1) { IsPremium = true }, default);

        (await _users.GetAsync(1, default)).IsPremium.Should().BeTrue();
        _time.Advance(TimeSpan.FromHours(1));
        (await _users.GetAsync(1, default)).IsPremium.Should().BeTrue();
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

        public ValueTask<UserRecord?> FindAsync(long userId, CancellationToken cancel)
        {
            Reads++;
            return _store.FindAsync(userId, cancel);
        }

        public ValueTask SaveAsync(UserRecord user, CancellationToken cancel) => _store.SaveAsync(user, cancel);
    }
}
