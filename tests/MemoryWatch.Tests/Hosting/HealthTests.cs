using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MemoryWatch.Tests.Hosting;

public sealed class HealthTests
{
    [Theory]
    [InlineData(MemoryZone.Healthy, HealthStatus.Healthy)]
    [InlineData(MemoryZone.Elevated, HealthStatus.Healthy)]
    [InlineData(MemoryZone.Critical, HealthStatus.Degraded)]
    [InlineData(MemoryZone.Imminent, HealthStatus.Unhealthy)]
    public async Task Health_follows_the_zone_and_carries_the_numbers(MemoryZone zone, HealthStatus status)
    {
        var report = await CheckAsync(new FixedWatch(zone));

        var memory = report.Entries["memory"];
        memory.Status.Should().Be(status);
        memory.Tags.Should().Equal("ready");
        memory.Description.Should().Be("78.1% of the memory limit is used.");
        memory.Data.Should().Equal(new Dictionary<string, object>
        {
            ["zone"] = zone.ToString(),
            ["used_bytes"] = 400L << 20,
            ["limit_bytes"] = 512L << 20,
            ["available_bytes"] = 112L << 20,
        });
    }

    [Fact]
    public async Task The_check_adds_the_watch_itself_and_takes_a_name_and_tags()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddHealthChecks().AddMemoryWatch("ram", ["a", "b"]);
        await using var provider = services.BuildServiceProvider();

        var report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        report.Entries["ram"].Status.Should().Be(HealthStatus.Healthy);
        report.Entries["ram"].Tags.Should().BeEquivalentTo("a", "b");
    }

    private static async Task<HealthReport> CheckAsync(IMemoryWatch watch)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddHealthChecks().AddMemoryWatch();
        services.AddSingleton(watch);
        await using var provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
    }

    private sealed class FixedWatch(MemoryZone zone) : IMemoryWatch
    {
        public MemorySnapshot Current { get; } = new() { Zone = zone, Usage = new() { UsedBytes = 400L << 20, LimitBytes = 512L << 20 } };

        public IReadOnlyList<JournalEntry> RecentEntries => [];

        public IReadOnlyList<OperationInFlight> InFlight => [];

        public IReadOnlyList<OperationTotals> TotalsByName => [];

        public MemorySnapshot Snapshot(string name, OperationContext context = default) => Current;

        public void Mark(string name, OperationContext context = default)
        {
        }

        public OperationScope Track(string name, OperationContext context = default) => OperationScope.None;
    }
}
