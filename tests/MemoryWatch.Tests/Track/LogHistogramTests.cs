using MemoryWatch.Track;

namespace MemoryWatch.Tests.Track;

public sealed class LogHistogramTests
{
    private readonly LogHistogram _histogram = new();

    [Fact]
    public void Of_nothing_there_is_no_percentile() => _histogram.Percentile(0.5).Should().Be(0);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(15)]
    public void Small_amounts_are_exact(long value)
    {
        _histogram.Add(value);

        _histogram.Percentile(0.5).Should().Be(value);
    }

    [Fact]
    public void Every_amount_is_told_to_within_seven_percent()
    {
        for (var value = 16L; value < 1L << 47; value = (value * 9 / 8) + 1)
        {
            var histogram = new LogHistogram();
            histogram.Add(value);
            histogram.Percentile(1).Should().BeCloseTo(value, (ulong)(value * 7 / 100));
        }
    }

    [Fact]
    public void A_percentile_is_what_that_part_does_not_exceed()
    {
        for (var i = 1; i <= 1000; i++)
        {
            _histogram.Add(i * 1000);
        }

        _histogram.Percentile(0.5).Should().BeInRange(465_000, 535_000);
        _histogram.Percentile(0.95).Should().BeInRange(884_000, 1_016_000);
        _histogram.Percentile(0).Should().BeInRange(930, 1_070);
        _histogram.Percentile(1).Should().BeInRange(930_000, 1_070_000);
    }

    [Fact]
    public void What_no_class_is_for_counts_as_the_nearest_that_there_is()
    {
        _histogram.Add(-5);
        _histogram.Percentile(1).Should().Be(0);

        _histogram.Add(long.MaxValue);
        _histogram.Percentile(1).Should().BeCloseTo(1L << 48, (1L << 48) * 7 / 100);
    }
}
