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
        var report = await CheckAsync(new FixedWatch(new() { Zone = zone, Usage = new() { UsedBytes = 400L << 20, LimitBytes = 512L << 20 } }));

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

    [Theory]
    [InlineData(LimitSource.Container, UsagePrecision.Exact, "78.1% of the container's limit is used.")]
    [InlineData(LimitSource.Container, UsagePrecision.AtMost, "At most 78.1% of the container's limit is used.")]
    [InlineData(LimitSource.Container, UsagePrecision.AtLeast, "At least 78.1% of the container's limit is used.")]
    [InlineData(LimitSource.Setting, UsagePrecision.Exact, "78.1% of the Limit setting is used.")]
    [InlineData(LimitSource.Machine, UsagePrecision.Exact, "78.1% of the machine's memory is used.")]
    [InlineData(LimitSource.Throttling, UsagePrecision.Exact, "78.1% of memory.high (throttled, not killed) is used.")]
    public async Task The_limit_is_named_and_a_bound_said_to_be_one(LimitSource source, UsagePrecision precision, string description)
    {
        var usage = new MemoryUsage { UsedBytes = 400L << 20, LimitBytes = 512L << 20, Source = source, Precision = precision };

        var memory = (await CheckAsync(new FixedWatch(new() { Usage = usage }))).Entries["memory"];

        memory.Description.Should().Be(description);
        memory.Data["governing"].Should().Be(source.ToString());
        memory.Data.GetValueOrDefault("used_precision").Should().Be(precision == UsagePrecision.Exact ? null : precision.ToString());
    }

    [Fact]
    public async Task The_heap_has_its_numbers_and_is_named_where_it_governs()
    {
        var snapshot = new MemorySnapshot
        {
            Usage = new() { UsedBytes = 300L << 20, LimitBytes = 512L << 20, Source = LimitSource.Container },
            Managed = new() { HeapBytes = 190L << 20, HeapLimitBytes = 200L << 20, IsHeapLimitEnforced = true },
        };

        var report = await CheckAsync(new FixedWatch(snapshot.Judged(new(MemoryZone.Healthy, MemoryZone.Healthy, MemoryZone.Critical, LimitSource.GCHeap))));

        var memory = report.Entries["memory"];
        memory.Status.Should().Be(HealthStatus.Degraded);
        memory.Description.Should().Be("95.0% of the GC's heap limit is used.");
        memory.Data.Should().Contain("heap_used_bytes", 190L << 20).And.Contain("heap_limit_bytes", 200L << 20).And.Contain("governing", "GCHeap")
            .And.Contain("used_bytes", 300L << 20);
    }

    [Fact]
    public async Task Before_a_restart_on_purpose_no_more_work_is_wanted()
    {
        var watch = new FixedWatch(new() { Zone = MemoryZone.Elevated }) { Draining = new(canceled: true) };

        var memory = (await CheckAsync(watch)).Entries["memory"];

        memory.Status.Should().Be(HealthStatus.Unhealthy);
        memory.Description.Should().Be("The program is about to be restarted on purpose: no new work is taken.");
        memory.Data.Should().Contain("draining", true).And.Contain("zone", "Elevated");
    }

    [Fact]
    public async Task Without_a_limit_the_process_itself_is_shown()
    {
        var snapshot = new MemorySnapshot
        {
            Process = new() { ResidentBytes = 360L << 20 }, Governing = new() { Source = LimitSource.Process },
        };

        (await CheckAsync(new FixedWatch(snapshot))).Entries["memory"].Description.Should().Be("360.0 MB is used by this process; only the machine limits it.");
        (await CheckAsync(new FixedWatch(MemorySnapshot.Empty))).Entries["memory"].Description.Should().StartWith("No memory limit is known");
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

    private sealed class FixedWatch(MemorySnapshot current) : IMemoryWatch
    {
        public MemorySnapshot Current { get; } = current;

        public CancellationToken Draining { get; init; }

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
