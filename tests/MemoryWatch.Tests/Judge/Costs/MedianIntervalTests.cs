using MemoryWatch.Judge;

namespace MemoryWatch.Tests.Judge.Costs;

public sealed class MedianIntervalTests
{
    [Fact]
    public void Three_values_are_too_few() => MedianInterval.Of([1, 2, 3]).Should().BeNull();

    [Fact]
    public void The_interval_of_six_values_is_their_range() => MedianInterval.Of([6, 1, 5, 2, 4, 3]).Should().Be(new Estimate(3.5, 1, 6));

    [Fact]
    public void Four_values_say_less_than_their_range() => MedianInterval.Of([10, 20, 30, 40]).Should().Be(new Estimate(25, -5, 55));

    [Fact]
    public void Values_that_agree_are_no_better_than_the_measurement() =>
        MedianInterval.Of([100, 100, 100, 100, 100, 100]).Should().Be(new Estimate(100, 98, 102));

    [Theory]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(20)]
    [InlineData(64)]
    public void The_interval_contains_the_true_median_in_at_least_95_of_100_samples(int count)
    {
        var random = new Random(count);
        const int Trials = 4000;
        var hits = 0;
        Span<double> values = stackalloc double[count];
        for (var trial = 0; trial < Trials; trial++)
        {
            for (var i = 0; i < count; i++)
            {
                // Skewed, with a median of 1.
                values[i] = Math.Pow(2, (random.NextDouble() * 8) - 4);
            }

            hits += MedianInterval.Of(values) is { Low: <= 1, High: >= 1 } ? 1 : 0;
        }

        hits.Should().BeGreaterThan((int)(Trials * 0.945));
    }
}
