using DownloaderBot.Storage;
using MemoryWatch;
using DownloaderBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DownloaderBot.Tests.Storage;

public sealed class AssetStoreTests : IDisposable
{
    private readonly TempFolder _root = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly FailingDisk _disk = new();
    private readonly AssetStore _store;

    public AssetStoreTests() => _store = new(
        new BotOptions { AssetsQuota = "10MB" }, new TestEnvironment(_root.Path), _disk, _time, NullLogger<AssetStore>.Instance);

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task A_file_is_there_until_it_is_let_go()
    {
        using (var file = _store.Reserve("a.bin", 3))
        {
            await using (var writer = file.OpenWrite())
            {
                await writer.WriteAsync(new byte[] { 1, 2, 3 });
                writer.Moved.Should().Be(3);
            }

            Directory.GetFiles(_store.Folder).Should().ContainSingle();
            await using var reader = file.OpenRead();
            (await reader.ReadAsync(new byte[5])).Should().Be(3);
        }

        Directory.GetFiles(_store.Folder).Should().BeEmpty();
    }

    [Fact]
    public async Task On_the_disk_a_file_has_a_name_of_the_store()
    {
        using var file = _store.Reserve("../" + new string('ж', 100) + ".part01.rar", 1);
        await file.OpenWrite().DisposeAsync();

        Path.GetFileName(Directory.GetFiles(_store.Folder).Single()).Should().MatchRegex("^[0-9a-f]{32}\\.part$");
        file.Name.Should().Be(".._" + new string('ж', 100) + ".part01.rar");
    }

    [Fact]
    public async Task Two_files_of_one_name_do_not_meet()
    {
        using var first = _store.Reserve("a.bin", 1);
        using var second = _store.Reserve("a.bin", 1);
        await using var one = first.OpenWrite();
        await using var two = second.OpenWrite();

        Directory.GetFiles(_store.Folder).Should().HaveCount(2);
    }

    [Fact]
    public void The_quota_counts_what_is_set_aside_and_gives_it_back()
    {
        var first = _store.Reserve("a", 6 << 20);
        _store.Invoking(s => s.Reserve("b", 6 << 20)).Should().Throw<StorageException>().WithMessage("*no room*");

        first.Dispose();

        using var second = _store.Reserve("b", 6 << 20);
    }

    [Fact]
    public void The_quota_counts_what_was_left_behind()
    {
        File.WriteAllBytes(Path.Combine(_store.Folder, Own()), new byte[6 << 20]);

        _store.Invoking(s => s.Reserve("b", 6 << 20)).Should().Throw<StorageException>().WithMessage("*no room*");
    }

    [Fact]
    public void A_file_over_the_whole_quota_is_told_apart_from_one_that_must_wait() =>
        _store.Invoking(s => s.Reserve("b", 11 << 20)).Should().Throw<StorageException>().WithMessage("*11.0 MB*10.0 MB*");

    [Fact]
    public void Some_of_the_disk_is_left_to_others()
    {
        _disk.Free = 30 << 20;

        _store.Invoking(s => s.Reserve("b", 1 << 20)).Should().Throw<StorageException>().WithMessage("*no room*");
    }

    [Fact]
    public async Task Only_what_is_old_and_not_in_use_is_deleted()
    {
        var (old, recent) = (Leave(minutesAgo: 31), Leave(minutesAgo: 29));
        var before = Directory.GetFiles(_store.Folder);
        using var file = _store.Reserve("busy", 1);
        await file.OpenWrite().DisposeAsync();
        var busy = Directory.GetFiles(_store.Folder).Except(before).Single();
        File.SetLastWriteTimeUtc(busy, _time.GetUtcNow().UtcDateTime.AddHours(-5));

        _store.DeleteLeftovers(TimeSpan.FromMinutes(30)).Should().Be(1);

        File.Exists(old).Should().BeFalse();
        File.Exists(recent).Should().BeTrue();
        File.Exists(busy).Should().BeTrue();
    }

    [Fact]
    public void What_the_store_did_not_make_is_not_its_own_to_delete()
    {
        var other = Path.Combine(_store.Folder, "holiday.mp4");
        File.WriteAllText(other, "of somebody else");

        _store.DeleteLeftovers().Should().Be(0);

        File.Exists(other).Should().BeTrue();
    }

    [Fact]
    public async Task Cleanup_deletes_all_at_the_start_and_what_is_old_every_half_hour()
    {
        var first = Leave(minutesAgo: 0);
        using var cleanup = new AssetCleanup(_store, MemoryWatcher.None, _time, NullLogger<AssetCleanup>.Instance);

        await cleanup.StartAsync(default);
        await GoneAsync(first);
        var second = Leave(minutesAgo: 10);
        _time.Advance(TimeSpan.FromMinutes(29));
        File.Exists(second).Should().BeTrue();
        _time.Advance(TimeSpan.FromMinutes(1));
        await GoneAsync(second);

        await cleanup.StopAsync(default);
    }

    private static async Task GoneAsync(string path)
    {
        var limit = TestTime.Limit;
        while (File.Exists(path))
        {
            limit.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>A name as the store gives it.</summary>
    private static string Own() => $"{Guid.NewGuid():N}.part";

    private string Leave(int minutesAgo)
    {
        var path = Path.Combine(_store.Folder, Own());
        File.WriteAllText(path, "left");
        File.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime.AddMinutes(-minutesAgo));
        return path;
    }
}
