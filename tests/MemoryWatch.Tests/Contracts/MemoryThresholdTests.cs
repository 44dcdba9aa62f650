using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Contracts;

public class MemoryThresholdTests
{
    private static readonly long Limit = Bytes.Megabytes(512);

    [Theory]
    [InlineData("400MB", false, 400, "400 MB")]
    [InlineData(" 1.5 GB", false, 1536, "1536 MB")]
    [InlineData("50%", true, 256, "50%")]
    [InlineData("12.5 %", true, 64, "12.5%")]
    [InlineData(" 100% ", true, 512, "100%")]
    public void A_threshold_is_an_amount_or_a_part_of_the_limit(string text, bool isRelative, double megabytes, string shown)
    {
        MemoryThreshold threshold = text;

        threshold.IsRelative.Should().Be(isRelative);
        threshold.Resolve(Limit).Should().Be(Bytes.Megabytes(megabytes));
        threshold.ToString().Should().Be(shown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("0%")]
    [InlineData("-5%")]
    [InlineData("101%")]
    [InlineData("100.1%")]
    [InlineData("1e1%")]
    [InlineData("NaN%")]
    [InlineData("∞%")]
    [InlineData("78%%")]
    [InlineData("78 percent")]
    [InlineData("-400MB")]
    [InlineData("much")]
    public void What_is_neither_is_refused_with_a_message_that_shows_it_and_what_is(string text)
    {
        MemoryThreshold.TryParse(text, out var threshold).Should().BeFalse();
        threshold.Should().Be(default(MemoryThreshold));
        FluentActions.Invoking(() => MemoryThreshold.Parse(text)).Should().Throw<FormatException>()
            .WithMessage($"'{text}' is not a threshold. *\"400MB\"*above 0 and at most 100*\"78%\"*");
    }

    [Fact]
    public void A_percentage_too_small_to_be_a_number_is_refused_too()
    {
        var tiny = "0." + new string('0', 322) + "5%";

        MemoryThreshold.TryParse(tiny, out _).Should().BeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_part_is_above_0_and_at_most_1(double fraction) =>
        FluentActions.Invoking(() => MemoryThreshold.Relative(fraction)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("*above 0 and at most 1*");

    [Fact]
    public void Without_a_limit_only_an_amount_is_known()
    {
        MemoryThreshold.Parse("78%").Resolve(null).Should().BeNull();
        MemoryThreshold.Parse("400MB").Resolve(null).Should().Be(Bytes.Megabytes(400));
    }

    [Fact]
    public void The_default_zones_are_whole_megabytes_of_512_MB()
    {
        MemoryWatchDefaults.ElevatedThreshold.Resolve(Limit).Should().Be(Bytes.Megabytes(350));
        MemoryWatchDefaults.HighThreshold.Resolve(Limit).Should().Be(Bytes.Megabytes(400));
        MemoryWatchDefaults.CriticalThreshold.Resolve(Limit).Should().Be(Bytes.Megabytes(450));
        MemoryWatchDefaults.ImminentThreshold.Resolve(Limit).Should().Be(Bytes.Megabytes(500));
    }

    [Fact]
    public void Thresholds_are_equal_by_their_value()
    {
        (MemoryThreshold.Parse("50%") == MemoryThreshold.Relative(0.5)).Should().BeTrue();
        (MemoryThreshold.Parse("1GB") == MemoryThreshold.Absolute("1024MB")).Should().BeTrue();
        (MemoryThreshold.Parse("50%") != MemoryThreshold.Parse("51%")).Should().BeTrue();
        MemoryThreshold.Parse("50%").GetHashCode().Should().Be(MemoryThreshold.Relative(0.5).GetHashCode());
        MemoryThreshold.Parse("50%").Equals((object)"50%").Should().BeFalse();
    }
}
