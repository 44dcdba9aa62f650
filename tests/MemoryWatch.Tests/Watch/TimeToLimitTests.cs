using System.Text.Json;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Watch;

/// <summary>What users see of the time to the limit.</summary>
public sealed class TimeToLimitTests
{
    [Fact]
    public void A_zone_that_is_entered_while_climbing_says_how_long_is_left()
    {
        using var watch = new WatchHarness();
        for (var used = 270; used <= 370; used += 10)
        {
            watch.Tick(used);
        }

        watch.Log.Of(LogEvents.Zone).Should().ContainSingle().Which.Text.Should()
            .StartWith("⚠️ MEMORY ELEVATED: 350.0 MB / 512 MB, limit at this pace in 16-17 s");
    }

    [Fact]
    public void A_zone_that_is_left_says_nothing_of_it()
    {
        using var watch = new WatchHarness();
        watch.Tick(400);
        watch.Tick(100);

        watch.Log.Of(LogEvents.Zone).Last().Text.Should().StartWith("✅ MEMORY HEALTHY: 100.0 MB / 512 MB").And.NotContain("pace");
    }

    [Fact]
    public void The_periodic_check_tells_growth_and_the_time_that_is_left()
    {
        using var watch = new WatchHarness();
        using var meter = new MeterCapture(watch.Watch);
        GrowFor(watch, hours: 1.2);

        var check = watch.Log.Of(LogEvents.Snapshot).Last();
        check.Text.Should().Contain("├─ Growth: +40.0 MB/h, limit in 8-9 h\n");
        ((double)check.State["limit_seconds"]!).Should().BeApproximately(8.5 * 3600, 1800);
        ((double)check.State["growth_bytes_per_second"]!).Should().BeApproximately(40 * 1048576 / 3600d, 200);
        meter.Observe().Should().ContainSingle(m => m.StartsWith("memorywatch.time_to_limit "));
    }

    [Fact]
    public void It_is_a_property_of_readings_and_of_explicit_snapshots_and_part_of_their_JSON()
    {
        using var watch = new WatchHarness();
        watch.Tick();
        watch.Watch.Current.TimeToLimit.Should().BeNull();
        GrowFor(watch, hours: 1.2);

        var snapshot = watch.Watch.Snapshot("Now");
        var read = JsonSerializer.Deserialize<MemorySnapshot>(JsonSerializer.Serialize(snapshot))!;

        snapshot.TimeToLimit.Should().Be(watch.Watch.Current.TimeToLimit).And.NotBeNull();
        read.TimeToLimit.Should().Be(snapshot.TimeToLimit);
    }

    [Fact]
    public void Level_memory_has_none()
    {
        using var watch = new WatchHarness();
        using var meter = new MeterCapture(watch.Watch);
        for (var i = 0; i < 700; i++)
        {
            watch.Tick(100 + (i % 3));
        }

        watch.Log.Of(LogEvents.Snapshot).Should().NotBeEmpty().And.NotContain(line => line.Text.Contains("Growth"));
        meter.Observe().Should().NotContain(m => m.Contains("time_to_limit"));
    }

    private static void GrowFor(WatchHarness watch, double hours)
    {
        for (var second = 0d; second < hours * 3600; second += 10)
        {
            watch.Reader.Managed = new() { HeapBytes = Bytes.Megabytes(50), Generation2Collections = (int)(second / 60) };
            watch.Tick(120 + (40 * second / 3600), seconds: 10);
        }
    }
}
