using MemoryWatch.Judge;

namespace MemoryWatch.Tests.Judge;

public sealed class RobustLineTests
{
    private static readonly double[] X = [.. Enumerable.Range(0, 24).Select(i => (double)i)];

    [Fact]
    public void A_few_points_far_off_do_not_move_the_line()
    {
        double[] y = [.. X.Select(x => 5 + (2 * x))];
        (y[3], y[17]) = (500, -500);

        var line = RobustLine.Of(X, y)!.Value;

        (line.Slope, line.Middle, line.Noise).Should().Be((2, 5, 0));
        line.Low.Should().BeLessThanOrEqualTo(2);
        line.High.Should().BeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public void Neighbors_that_resemble_each_other_tell_less()
    {
        var random = new Random(1);
        double[] noise = [.. X.Select(_ => random.NextDouble())];
        double[] waves = [.. X.Select(x => Math.Sin(x / 4))];

        Width(waves).Should().BeGreaterThan(Width(noise));
        RobustLine.Of(X, waves)!.Value.Memory.Should().BeGreaterThan(0.5);
    }

    [Fact]
    public void Noise_alone_has_no_slope()
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            var random = new Random(seed);
            var line = RobustLine.Of(X, [.. X.Select(_ => random.NextDouble())])!.Value;

            line.Low.Should().BeLessThan(0);
            line.High.Should().BeGreaterThan(0);
        }
    }

    [Fact]
    public void A_quarter_of_wild_points_hardly_moves_the_line()
    {
        double[] y = [.. X.Select((x, i) => i % 4 == 3 ? 1000 * (i % 8 == 3 ? 1 : -1) : 3 * x)];

        RobustLine.Of(X, y)!.Value.Slope.Should().BeApproximately(3, 0.5);
    }

    [Fact]
    public void Around_noise_the_interval_holds_the_true_slope_in_at_least_nine_of_ten_cases()
    {
        var random = new Random(7);
        var hits = Enumerable.Range(0, 500).Count(_ =>
        {
            var line = RobustLine.Of(X, [.. X.Select(x => (0.2 * x) + Normal(random))], RobustLine.Likely)!.Value;
            return line.Low <= 0.2 && line.High >= 0.2;
        });

        hits.Should().BeInRange(450, 500);
    }

    [Fact]
    public void A_random_walk_grows_in_few_cases_only()
    {
        var random = new Random(7);
        var claims = Enumerable.Range(0, 500).Count(_ =>
        {
            var level = 0d;
            return RobustLine.Of(X, [.. X.Select(_ => level += Normal(random))], RobustLine.Likely)!.Value.Low > 0;
        });

        // Without regard to the resemblance of neighbors it would be about four in ten.
        claims.Should().BeLessThan(100);
    }

    [Fact]
    public void Noise_is_the_deviation_beside_the_line()
    {
        var random = new Random(7);

        RobustLine.Of(X, [.. X.Select(x => (3 * x) + (2 * Normal(random)))])!.Value.Noise.Should().BeApproximately(2, 0.7);
    }

    [Fact]
    public void Too_few_and_too_many_points_and_points_at_one_place_have_no_line()
    {
        RobustLine.Of([1, 2, 3], [1, 2, 3]).Should().BeNull();
        RobustLine.Of(new double[RobustLine.MostPoints + 1], new double[RobustLine.MostPoints + 1]).Should().BeNull();
        RobustLine.Of(new double[8], X.AsSpan(0, 8)).Should().BeNull();
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Width(double[] y)
    {
        var line = RobustLine.Of(X, y)!.Value;
        return (line.High - line.Low) / line.Noise;
    }
}
