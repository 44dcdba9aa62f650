using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace MemoryWatch.Tests.Judge;

public sealed class ThrashingDetectorTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ThrashingDetector _detector;

    public ThrashingDetectorTests() => _detector = new(_time);

    [Fact]
    public void Pressure_of_the_container_is_told_once_until_it_was_well_below()
    {
        double?[] pressures = [0, 9.9, 23.4, 40, 6, 9, 30, 4.9, null, 12];

        pressures.Select(p => Inspect(new() { PressureFull = p })?.Describe()).Should().Equal(
            null, null, "⚠️ PAGE CACHE THRASHING: all tasks waited for memory 23.4% of the last 10 s", null, null, null, null, null, null,
            "⚠️ PAGE CACHE THRASHING: all tasks waited for memory 12.0% of the last 10 s");
    }

    [Fact]
    public void Where_no_pressure_is_told_files_read_again_count()
    {
        var pages = (60L << 20) / Environment.SystemPageSize;

        Refaults(1_000_000).Should().BeNull("a count since the group was made says nothing of now");
        Refaults(1_000_100).Should().BeNull();
        Refaults(1_000_100 + pages).Should().Be("⚠️ PAGE CACHE THRASHING: 60.0 MB of files had to be read again within 10 s");
        Refaults(1_000_100 + (2 * pages)).Should().BeNull("it was told");
        Refaults(1_000_100 + (2 * pages)).Should().BeNull("it is over");
        Refaults(1_000_100 + (3 * pages)).Should().NotBeNull();
    }

    [Fact]
    public void Files_that_are_written_and_read_once_are_no_thrashing_where_there_is_room_for_them()
    {
        var pages = (300L << 20) / Environment.SystemPageSize;

        Refaults(0, usedBytes: 200L << 20);
        Refaults(pages, usedBytes: 200L << 20).Should().BeNull("the page cache has 312 MB of 512");
        Refaults(2 * pages, usedBytes: 260L << 20).Should().NotBeNull("300 MB do not fit into 252 MB");
    }

    [Fact]
    public void The_cache_must_have_been_turned_over_as_a_whole()
    {
        var pages = (60L << 20) / Environment.SystemPageSize;

        Refaults(0, usedBytes: 440L << 20);
        Refaults(pages, usedBytes: 440L << 20).Should().BeNull("60 MB of the 72 MB that are left to it");
        Refaults(2 * pages, usedBytes: 460L << 20).Should().NotBeNull("60 MB, and 52 MB are left");
    }

    [Fact]
    public void A_count_that_starts_anew_is_another_groups()
    {
        Refaults(1_000_000);
        Refaults(1_000_000);

        Refaults(10).Should().BeNull();
        Refaults(10 + (100 << 20)).Should().NotBeNull();
    }

    [Theory]
    [InlineData("/pod", 1)]
    [InlineData("/app", 2)]
    public void A_count_of_another_level_or_of_a_group_made_again_starts_anew(string path, ulong inode)
    {
        Refaults(100, owner: new("/app", 1, 1));

        Refaults(1_800_000_000, owner: new(path, 1, inode)).Should().BeNull();
        Refaults(1_800_000_000, owner: new(path, 1, inode)).Should().BeNull();
        Refaults(1_800_000_000 + (100 << 20), owner: new(path, 1, inode)).Should().NotBeNull();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(3600)]
    public void What_counts_is_the_rate_however_far_apart_the_ticks_are(int seconds)
    {
        var pages = (50L << 20) / Environment.SystemPageSize * seconds / 10;

        Refaults(0, seconds: seconds);
        Refaults(pages, seconds: seconds).Should().BeNull("50 MB of the 51.2 MB that are a tenth of the limit");
        Refaults(3 * pages, seconds: seconds).Should().Contain("100.0 MB of files");
    }

    [Fact]
    public void Where_only_a_bound_of_the_usage_is_known_the_room_for_the_cache_is_not()
    {
        _time.Advance(TimeSpan.FromSeconds(10));
        Inspect(new() { LimitBytes = 512L << 20, UsedBytes = 500L << 20, UsedPrecision = UsagePrecision.AtMost, FileRefaults = 0 });
        _time.Advance(TimeSpan.FromSeconds(10));
        Inspect(new() { LimitBytes = 512L << 20, UsedBytes = 500L << 20, UsedPrecision = UsagePrecision.AtMost, FileRefaults = 1 << 20 })
            .Should().BeNull();
    }

    [Fact]
    public void Without_a_limit_or_a_reading_nothing_is_said()
    {
        Inspect(new() { FileRefaults = 0 }).Should().BeNull();
        _time.Advance(TimeSpan.FromSeconds(10));
        Inspect(new() { FileRefaults = 1 << 20 }).Should().BeNull();
        _time.Advance(TimeSpan.FromSeconds(10));
        Inspect(new() { FileRefaults = 1 << 30, LimitBytes = 512L << 20 }).Should().BeNull("what is left to the cache is not known");
        Inspect(default).Should().BeNull();
    }

    private string? Refaults(long count, long usedBytes = 480L << 20, CounterOwner owner = default, int seconds = 10)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        return Inspect(new() { LimitBytes = 512L << 20, UsedBytes = usedBytes, FileRefaults = count, Path = owner.Path, Group = (owner.Device, owner.Inode) })?.Describe();
    }

    private MemoryAlert? Inspect(ContainerReading container) => _detector.Inspect(new MemorySnapshot { Container = container }, JudgeSettingsOf.Defaults);
}
