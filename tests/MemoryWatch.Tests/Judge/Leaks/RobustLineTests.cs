using MemoryWatch.Judge;

namespace MemoryWatch.Tests.Judge.Leaks;

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
    public void Points_at_one_place_have_no_line() => RobustLine.Of(new double[8], X.AsSpan(0, 8)).Should().BeNull();

    private static double Width(double[] y)
    {
        var line = RobustLine.Of(X, y)!.Value;
        return (line.High - line.Low) / line.Noise;
    }
}
