using MemoryWatch;

namespace Plugins.Tests;

public class CacheReliefTests
{
    private readonly DocumentCache _cache = new();

    public CacheReliefTests()
    {
        foreach (var name in (string[])["1", "2", "3", "4"])
        {
            _cache.Add(name, new byte[100]);
        }
    }

    [Fact]
    public async Task The_oldest_half_goes_first()
    {
        await new CacheRelief(_cache, MemoryZone.Healthy, keptPart: 0.5).RelieveAsync(CancellationToken.None);

        _cache.Totals.Bytes.Should().Be(200);
        _cache.Find("2").Should().BeNull();
        _cache.Find("3").Should().NotBeNull();
    }

    [Fact]
    public async Task Nothing_is_kept_where_no_part_is()
    {
        await new CacheRelief(_cache, MemoryZone.Critical, keptPart: 0).RelieveAsync(CancellationToken.None);

        _cache.Totals.Should().Be((0, 0, 0, 0));
    }

    [Fact]
    public async Task It_stops_when_it_is_cancelled()
    {
        var relief = new CacheRelief(_cache, MemoryZone.Healthy, keptPart: 0);

        await relief.Invoking(r => r.RelieveAsync(new CancellationToken(canceled: true))).Should().ThrowAsync<OperationCanceledException>();

        _cache.Totals.Count.Should().BeGreaterThan(0);
    }

    [Fact]
    public void It_says_what_it_is_called_and_when_to_ask_it()
    {
        IMemoryRelief relief = new CacheRelief(_cache, MemoryZone.Critical, keptPart: 0.5);

        relief.Name.Should().Be("Document cache to 50%");
        relief.StartsAt.Should().Be(MemoryZone.Critical);
        relief.Cooldown.Should().Be(TimeSpan.FromSeconds(30));
        relief.TimeLimit.Should().Be(TimeSpan.FromSeconds(10), "that is the default");
    }

    [Fact]
    public async Task What_it_removed_can_be_collected_as_soon_as_it_returns()
    {
        var document = Added();

        await new CacheRelief(_cache, MemoryZone.Healthy, keptPart: 0).RelieveAsync(CancellationToken.None);

        document.TryGetTarget(out _).Should().BeFalse("the watch measures then");
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private WeakReference<byte[]> Added()
    {
        var document = new byte[100];
        _cache.Add("5", document);
        return new(document);
    }
}
