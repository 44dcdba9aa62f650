using MemoryWatch.Judge;

namespace MemoryWatch.Tests.Judge.Forecast;

public sealed class TheilSenTests
{
    private static readonly double[] Times = [.. Enumerable.Range(0, 32).Select(i => (double)i)];

    [Fact]
    public void A_line_has_its_slope_and_no_spread() =>
        TheilSen.Slope(Times, [.. Times.Select(t => 5 + (3 * t))]).Should().Be(new Estimate(3, 3, 3));

    [Fact]
    public void A_quarter_of_wild_values_hardly_moves_it()
    {
        double[] values = [.. Times.Select((t, i) => i % 4 == 3 ? 1000 * (i % 8 == 3 ? 1 : -1) : 3 * t)];

        TheilSen.Slope(Times, values)!.Value.Value.Should().BeApproximately(3, 0.5);
    }

    [Fact]
    public void Around_noise_the_interval_holds_the_true_slope_in_at_least_nine_of_ten_cases()
    {
        var random = new Random(7);
        var hits = Enumerable.Range(0, 500).Count(_ =>
        {
            var slope = TheilSen.Slope(Times, [.. Times.Select(t => (0.2 * t) + Normal(random))])!.Value;
            return slope.Low <= 0.2 && slope.High >= 0.2;
        });

        hits.Should().BeInRange(450, 500);
    }

    [Fact]
    public void A_random_walk_is_growth_in_few_cases_only()
    {
        var random = new Random(7);
        var claims = Enumerable.Range(0, 500).Count(_ =>
        {
            var level = 0d;
            return TheilSen.Slope(Times, [.. Times.Select(_ => level += Normal(random))])!.Value.Low > 0;
        });

        // Without regard to the resemblance of neighbors it would be about four in ten.
        claims.Should().BeLessThan(75);
    }

    [Fact]
    public void Noise_is_the_deviation_beside_the_line()
    {
        var random = new Random(7);
        double[] values = [.. Times.Select(t => (3 * t) + (2 * Normal(random)))];

        TheilSen.Noise(Times, values, 3).Should().BeApproximately(2, 0.7);
        TheilSen.Noise(Times, [.. Times.Select(t => 3 * t)], 3).Should().BeApproximately(0, 1e-9);
    }

    [Fact]
    public void Too_few_and_too_many_points_have_no_slope()
    {
        TheilSen.Slope([1, 2], [1, 2]).Should().BeNull();
        TheilSen.Slope(new double[TheilSen.MostPoints + 1], new double[TheilSen.MostPoints + 1]).Should().BeNull();
        TheilSen.Slope([1, 1, 1], [1, 2, 3]).Should().BeNull("no time has passed");
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
