using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge;

public sealed class ThrottlingDetectorTests
{
    private readonly ThrottlingDetector _detector = new();

    [Fact]
    public void Used_memory_above_the_limit_is_told_once_until_it_is_well_below()
    {
        double[] used = [90, 100, 130, 92, 99, 101, 86, 99, 100];

        used.Select(mb => Inspect(mb) is not null).Should().Equal(false, true, false, false, false, false, false, false, true);
    }

    [Fact]
    public void Page_cache_that_fills_the_limit_is_no_throttling_however_often_it_is_exceeded()
    {
        for (var events = 0; events < 1_000_000; events += 100_000)
        {
            Inspect(80, events, pressure: 40).Should().BeNull();
        }
    }

    [Theory]
    [InlineData(91, 12.0, true)]
    [InlineData(91, 9.0, false)]
    [InlineData(89, 50.0, false)]
    [InlineData(91, null, false)]
    public void Waiting_near_the_limit_is_throttling(double used, double? pressure, bool isThrottled) =>
        (Inspect(used, pressure: pressure) is not null).Should().Be(isThrottled);

    [Fact]
    public void Further_throttling_with_hardly_any_cache_left_needs_no_pressure_file()
    {
        Inspect(98, events: 100).Should().BeNull("how often it happened before says nothing of now");
        Inspect(98, events: 100).Should().BeNull();
        Inspect(98, events: 101).Should().NotBeNull();
    }

    [Fact]
    public void Counts_of_another_level_say_nothing()
    {
        Inspect(98, events: 100);
        Inspect(98, events: 900, level: "/pod").Should().BeNull();
        Inspect(98, events: 901, level: "/pod").Should().NotBeNull();
    }

    [Fact]
    public void Usage_with_all_of_its_page_cache_shows_nothing_without_pressure()
    {
        Inspect(110, precision: UsagePrecision.AtMost).Should().BeNull();
        Inspect(110, precision: UsagePrecision.AtMost, pressure: 20).Should().NotBeNull();
    }

    [Fact]
    public void Without_the_limit_it_is_over_and_without_the_usage_it_is_as_it_was()
    {
        Inspect(101).Should().NotBeNull();
        Inspect(null).Should().BeNull();
        Inspect(102).Should().BeNull();
        _detector.Inspect(new(), JudgeSettingsOf.Defaults).Should().BeNull();
        Inspect(102).Should().NotBeNull();
    }

    private MemoryAlert? Inspect(
        double? used, long? events = null, double? pressure = null, string level = "/app", UsagePrecision precision = UsagePrecision.Exact) =>
        _detector.Inspect(
            new()
            {
                Container = new()
                {
                    HighBytes = Bytes.Megabytes(100),
                    HighUsedBytes = used is { } megabytes ? Bytes.Megabytes(megabytes) : null,
                    HighPrecision = precision,
                    HighEvents = events,
                    HighPath = level,
                    PressureFull = pressure,
                },
            },
            JudgeSettingsOf.Defaults);
}
