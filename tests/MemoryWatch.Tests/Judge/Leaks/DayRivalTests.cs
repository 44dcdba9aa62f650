using MemoryWatch.Judge;

namespace MemoryWatch.Tests.Judge.Leaks;

public sealed class DayRivalTests
{
    private const double Hour = 3600;

    private readonly Random _random = new(3);

    [Theory]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(24)]
    public void A_growth_that_stays_straight_is_not_taken_for_a_day(int hours) =>
        Beats(hours, x => x / Hour * 5).Should().BeGreaterThan(2);

    [Theory]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(24)]
    public void The_rise_of_a_day_is_not_taken_for_a_line(int hours) =>
        Beats(hours, x => 30 * Math.Sin((x - (hours * Hour / 2)) * 2 * Math.PI / (24 * Hour))).Should().BeLessThan(-2);

    [Fact]
    public void In_one_hour_nothing_tells_them_apart() =>
        Beats(1, x => x / Hour * 5).Should().BeInRange(-2, 1);

    [Fact]
    public void Noise_hides_what_tells_them_apart() =>
        Math.Abs(Beats(6, x => x / Hour * 5, noise: 20)).Should().BeLessThan(2);

    [Fact]
    public void Growth_that_begins_at_one_moment_is_no_day_even_in_few_hours() =>
        Beats(4, x => Math.Max(0, x - (2 * Hour)) / Hour * 5, start: 20).Should().BeGreaterThan(3);

    [Fact]
    public void A_day_that_begins_to_rise_is_no_growth_that_begins() =>
        Beats(8, x => 30 * -Math.Cos((x - (2 * Hour)) * 2 * Math.PI / (24 * Hour)), start: 15).Should().BeLessThan(-2);

    private double Beats(int hours, Func<double, double> at, double noise = 0.1, int start = 0)
    {
        double[] x = [.. Enumerable.Range(0, 40).Select(i => hours * Hour * i / 39)];
        return DayRival.LineBeatsWave(x, [.. x.Select(seconds => at(seconds) + (noise * (_random.NextDouble() - 0.5)))], start, 0);
    }
}
