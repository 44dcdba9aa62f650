using MemoryWatch.Judge;

namespace MemoryWatch.Tests.Judge;

public sealed class GrowthCertaintyTests
{
    private const int Floors = 40;
    private const int Series = 300;

    private static readonly double[] X = [.. Enumerable.Range(0, Floors).Select(i => (double)i)];

    private readonly Random _random = new(5);

    [Fact]
    public void Growth_well_above_the_noise_is_certain() =>
        PartOf(level => level + 0.3, noise: 1).Should().BeGreaterThan(0.9);

    [Fact]
    public void Noise_that_stays_level_is_not() => PartOf(level => level, noise: 1).Should().Be(0);

    [Fact]
    public void A_walk_is_not_however_far_it_strays() => PartOf(level => level + Normal(), noise: 0.3).Should().BeLessThan(0.02);

    [Fact]
    public void A_perfect_line_is_as_certain_as_can_be() =>
        GrowthCertainty.Of(X, X, 0).Should().BeGreaterThan(1000);

    [Fact]
    public void Level_memory_makes_a_growth_that_begins_later_more_certain()
    {
        double[] floors = [.. X.Select(x => (Math.Max(0, x - 20) * 0.2) + Normal())];

        GrowthCertainty.Of(X, floors, 20).Should().BeGreaterThan(1.5 * GrowthCertainty.Of(X.AsSpan(20), floors.AsSpan(20), 0));
    }

    [Fact]
    public void What_cannot_be_computed_is_not_certain()
    {
        (GrowthCertainty.Of(X, new double[Floors], 0) > 0).Should().BeFalse();
        (GrowthCertainty.Of(X, [.. X.Select(x => x * 1e307)], 0) >= 5).Should().BeFalse();
    }

    /// <summary>The part of random series that grow with at least five standard errors.</summary>
    private double PartOf(Func<double, double> next, double noise) => Enumerable.Range(0, Series).Count(_ =>
    {
        var level = 0.0;
        return GrowthCertainty.Of(X, [.. X.Select(_ => (level = next(level)) + (noise * Normal()))], 0) >= 5;
    }) / (double)Series;

    private double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
