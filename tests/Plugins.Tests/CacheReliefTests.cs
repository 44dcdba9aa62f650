using MemoryWatch;

namespace Plugins.Tests;

public class CacheReliefTests
{
    private readonly DocumentCache _cache = new();
    private readonly CacheRelief _relief;

    public CacheReliefTests()
    {
        _relief = new(_cache);
        foreach (var name in (string[])["1", "2", "3", "4"])
        {
            _cache.Add(name, new byte[100]);
        }
    }

    [Fact]
    public async Task The_oldest_half_goes_first()
    {
        await _relief.RelieveAsync(MemoryZone.Elevated, CancellationToken.None);

        _cache.Totals.Bytes.Should().Be(200);
        _cache.Find("2").Should().BeNull();
        _cache.Find("3").Should().NotBeNull();
    }

    [Fact]
    public async Task Nothing_is_kept_once_memory_is_critical()
    {
        await _relief.RelieveAsync(MemoryZone.Critical, CancellationToken.None);

        _cache.Totals.Should().Be((0, 0, 0, 0));
    }

    [Fact]
    public async Task It_stops_when_it_is_cancelled()
    {
        await _relief.Invoking(r => r.RelieveAsync(MemoryZone.Critical, new CancellationToken(canceled: true)))
            .Should().ThrowAsync<OperationCanceledException>();

        _cache.Totals.Count.Should().BeGreaterThan(0);
    }

    [Theory]
    [InlineData(MemoryZone.Elevated, 2)]
    [InlineData(MemoryZone.Imminent, 4)]
    public void It_says_how_much_would_go_at_most(MemoryZone zone, int items)
    {
        _relief.Estimate(zone).Should().Be(new ReliefEstimate(400, items));

        _cache.Totals.Count.Should().Be(4);
    }

    [Fact]
    public void It_says_what_it_is_called_and_when_to_ask_it()
    {
        IMemoryRelief relief = _relief;

        relief.Name.Should().Be("Document cache");
        relief.Stage.Should().Be(ReliefStage.Cache);
        relief.StartsAt.Should().Be(MemoryZone.Healthy);
        relief.Cooldown.Should().Be(TimeSpan.FromSeconds(30));
        relief.TimeLimit.Should().Be(TimeSpan.FromSeconds(10), "that is the default");
    }
}
