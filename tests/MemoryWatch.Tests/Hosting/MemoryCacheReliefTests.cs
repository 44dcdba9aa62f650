using MemoryWatch.Hosting;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tests.Hosting;

/// <summary>The relief step that compacts the host's caches.</summary>
public sealed class MemoryCacheReliefTests : IDisposable
{
    private readonly ServiceCollection _services = [];
    private readonly MemoryCache _keyed = new(new MemoryCacheOptions());

    [Theory]
    [InlineData(MemoryZone.Elevated, 75)]
    [InlineData(MemoryZone.Critical, 50)]
    [InlineData(MemoryZone.Imminent, 0)]
    public async Task Caches_are_compacted_keyed_ones_too_and_further_in_a_worse_zone(MemoryZone zone, int left)
    {
        _services.AddMemoryCache().AddKeyedSingleton<IMemoryCache>("other", _keyed);
        using var provider = _services.BuildServiceProvider();
        var plain = (MemoryCache)provider.GetRequiredService<IMemoryCache>();
        Fill(plain);
        Fill(_keyed);
        var step = Step(provider);

        step.Estimate(zone).Should().Be(new ReliefEstimate(null, 2 * (100 - left)));
        plain.Count.Should().Be(100, "an estimate drops nothing");
        await step.RelieveAsync(zone, CancellationToken.None);

        (plain.Count, _keyed.Count).Should().Be((left, left));
        step.Stage.Should().Be(ReliefStage.Cache);
    }

    [Fact]
    public async Task A_cache_that_is_registered_twice_is_compacted_once_and_entries_that_must_stay_stay()
    {
        _services.AddSingleton(_keyed).AddSingleton<IMemoryCache>(_keyed).AddKeyedSingleton("other", _keyed);
        using var provider = _services.BuildServiceProvider();
        Fill(_keyed);
        using (var entry = _keyed.CreateEntry("kept"))
        {
            (entry.Value, entry.Priority) = (1, CacheItemPriority.NeverRemove);
        }

        var step = Step(provider);
        await step.RelieveAsync(MemoryZone.Elevated, CancellationToken.None);
        _keyed.Count.Should().BeInRange(75, 77);

        await step.RelieveAsync(MemoryZone.Imminent, CancellationToken.None);
        _keyed.Count.Should().Be(1);
    }

    [Fact]
    public void Without_a_cache_there_is_no_step_and_the_log_says_so()
    {
        using var log = new LogCapture();
        _services.AddSingleton<ILoggerFactory>(log);
        using var provider = _services.BuildServiceProvider();

        MemoryCacheRelief.Create(_services, provider).Should().BeNull();

        log.Of(LogEvents.ReliefStepAbsent).Single().Text.Should().Be("Relief has no step 'Memory caches': no MemoryCache is registered as a singleton");
    }

    [Fact]
    public void Caches_with_other_lifetimes_and_other_kinds_of_caches_are_left_alone()
    {
        _services.AddTransient(_ => new MemoryCache(new MemoryCacheOptions())).AddDistributedMemoryCache();
        using var provider = _services.BuildServiceProvider();

        MemoryCacheRelief.Create(_services, provider).Should().BeNull();
    }

    [Fact]
    public void A_cache_is_not_created_before_the_step_is_called()
    {
        var created = 0;
        _services.AddSingleton<IMemoryCache>(_ => { created++; return new MemoryCache(new MemoryCacheOptions()); });
        using var provider = _services.BuildServiceProvider();

        var step = Step(provider);
        created.Should().Be(0);

        step.Estimate(MemoryZone.Elevated);
        created.Should().Be(1);
    }

    [Fact]
    public void It_is_added_once_however_often_it_is_asked_for_and_finds_caches_that_are_registered_later()
    {
        var builder = _services.AddMemoryWatch().AddMemoryCacheRelief().AddMemoryCacheRelief();
        _services.AddMemoryCache();
        using var provider = _services.BuildServiceProvider();

        builder.Build(provider).Reliefs.Should().ContainSingle().Which.Name.Should().Be("Memory caches");
    }

    public void Dispose() => _keyed.Dispose();

    private static void Fill(MemoryCache cache)
    {
        for (var i = 0; i < 100; i++)
        {
            cache.Set(i, i);
        }
    }

    private MemoryCacheRelief Step(IServiceProvider provider) => MemoryCacheRelief.Create(_services, provider)!;
}
