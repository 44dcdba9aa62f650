using System.Globalization;
using MemoryWatch.Tests.Support;
using MemoryWatch.Watch;

namespace MemoryWatch.Tests.Contracts;

// Every form is read under a culture that writes numbers otherwise: none of it may show.
public sealed class MemoryTextTests : IDisposable
{
    private readonly CommaCulture _culture = new();

    public void Dispose() => _culture.Dispose();

    [Fact]
    public void The_culture_of_these_tests_would_show() =>
        string.Format(CultureInfo.CurrentCulture, "{0:0.0}", -1.5).Should().Be("~1,5");

    [Theory]
    [InlineData(0L, "0.0 MB")]
    [InlineData(1L, "0.0 MB")]
    [InlineData(159_907_840L, "152.5 MB")]
    [InlineData(536_870_912L, "512.0 MB")]
    [InlineData(1_099_511_627_776L, "1048576.0 MB")]
    [InlineData(null, "n/a")]
    public void An_amount_has_one_decimal(long? bytes, string text) => MemoryText.Megabytes(bytes).Should().Be(text);

    [Theory]
    [InlineData(536_870_912L, "512 MB")]
    [InlineData(536_870_913L, "512.0 MB")]
    [InlineData(1_572_864L, "1.5 MB")]
    [InlineData(0L, "0 MB")]
    [InlineData(null, "n/a")]
    public void A_limit_that_is_whole_has_none(long? bytes, string text) => MemoryText.Limit(bytes).Should().Be(text);

    [Theory]
    [InlineData(629_146L, "+0.6 MB")]
    [InlineData(-3_145_728L, "-3.0 MB")]
    [InlineData(0L, "+0.0 MB")]
    [InlineData(-1L, "+0.0 MB")]
    [InlineData(null, "n/a")]
    public void A_change_has_its_sign(long? bytes, string text) => MemoryText.Change(bytes).Should().Be(text);

    [Theory]
    [InlineData(0.5615, "56.2%")]
    [InlineData(0d, "0.0%")]
    [InlineData(1.25, "125.0%")]
    [InlineData(null, "n/a")]
    public void A_part_is_a_percentage(double? fraction, string text) => MemoryText.Percent(fraction).Should().Be(text);

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(-5, "0 ms")]
    [InlineData(38, "38 ms")]
    [InlineData(999, "999 ms")]
    [InlineData(1000, "1.0 s")]
    [InlineData(12_400, "12.4 s")]
    [InlineData(3_600_000, "3600.0 s")]
    public void A_duration_is_milliseconds_below_a_second_and_seconds_above(int milliseconds, string text) =>
        MemoryText.Duration(TimeSpan.FromMilliseconds(milliseconds)).Should().Be(text);

    [Theory]
    [InlineData(0, "off")]
    [InlineData(250, "250 ms")]
    [InlineData(90_000, "90 s")]
    [InlineData(300_000, "5 min")]
    [InlineData(7_200_000, "120 min")]
    public void An_interval_is_in_its_largest_whole_unit(int milliseconds, string text) =>
        MemoryText.Interval(TimeSpan.FromMilliseconds(milliseconds)).Should().Be(text);

    [Fact]
    public void Sizes_and_thresholds_are_written_and_read_the_same_in_every_culture()
    {
        MemorySize.Parse("1.5GB").ToString().Should().Be("1536 MB");
        MemoryThreshold.Parse("68.36%").ToString().Should().Be("68.36%");
        MemorySize.TryParse("1,5GB", out _).Should().BeFalse();
        Duration.TryParse("1.5s", out var duration).Should().BeTrue();
        duration.Should().Be(TimeSpan.FromSeconds(1.5));
    }
}
